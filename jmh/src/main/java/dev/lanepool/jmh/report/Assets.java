package dev.lanepool.jmh.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Texts on the class path. */
final class Assets {
  private static final String ECHARTS_VERSION =
      "/META-INF/maven/org.webjars.npm/echarts/pom.properties";
  private static final String ECHARTS =
      "/META-INF/resources/webjars/echarts/%s/dist/echarts.common.min.js";

  private Assets() {}

  /** A text of this package. */
  static String text(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + name, e);
    }
  }

  /** The chart library, from its webjar. */
  static String echarts() {
    Properties properties = new Properties();
    try (InputStream in = Assets.class.getResourceAsStream(ECHARTS_VERSION)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + ECHARTS_VERSION, e);
    }
    return text(String.format(ECHARTS, properties.getProperty("version")));
  }
}
