package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The choice of a backend, in JVMs started as applications start them.
 *
 * @see <a href="https://github.com/infinispan/infinispan/issues/16577">infinispan#16577</a>
 */
@DisplayName("infinispan#16577: which backend is chosen, and at most one log line about it")
class BackendChoiceTest {
  private static final String ADD_MODULES = "--add-modules jdk.incubator.vector";

  @TempDir Path folder;

  @Test
  void classPathWithoutTheModuleIsScalar() throws Exception {
    Child child = onClassPath();
    child.assertBackend("scalar \\(.*" + ADD_MODULES + ".*\\) ScalarKernels");
    child.assertLog(ADD_MODULES);
  }

  @Test
  void classPathWithTheModuleIsVector() throws Exception {
    Child child = onClassPath("--add-modules", "jdk.incubator.vector");
    child.assertBackend("vector, \\d+ bits, \\d+ lanes \\(self-check passed\\) VectorKernels");
    child.assertNoLog();
  }

  @Test
  void modulePathWithoutTheModuleIsScalar() throws Exception {
    Child child = onModulePath();
    child.assertBackend("scalar \\(.*" + ADD_MODULES + ".*\\) ScalarKernels");
    child.assertLog(ADD_MODULES);
  }

  @Test
  void modulePathWithTheModuleIsVector() throws Exception {
    Child child = onModulePath("--add-modules", "jdk.incubator.vector");
    child.assertBackend("vector, \\d+ bits, \\d+ lanes \\(self-check passed\\) VectorKernels");
    child.assertNoLog();
  }

  @Test
  void scalarCanBeForced() throws Exception {
    Child child = onClassPath("--add-modules", "jdk.incubator.vector", "-Dlanepool.backend=scalar");
    child.assertBackend("scalar \\(forced by -Dlanepool.backend=scalar\\) ScalarKernels");
    child.assertNoLog();
  }

  @Test
  void vectorCanBeForced() throws Exception {
    Child child = onClassPath("--add-modules", "jdk.incubator.vector", "-Dlanepool.backend=vector");
    child.assertBackend(
        "vector, \\d+ bits, \\d+ lanes \\(forced by -Dlanepool.backend=vector\\) VectorKernels");
    child.assertNoLog();
  }

  @Test
  void forcedVectorWithoutTheModuleIsAnError() throws Exception {
    Child child = onClassPath("-Dlanepool.backend=vector");
    child.assertBackend("error: -Dlanepool.backend=vector .*" + ADD_MODULES + ".*");
    child.assertNoLog();
  }

  @Test
  void anotherValueIsAnErrorThatNamesTheThree() throws Exception {
    Child child = onClassPath("--add-modules", "jdk.incubator.vector", "-Dlanepool.backend=foo");
    child.assertBackend("error: -Dlanepool.backend=foo; auto, scalar or vector was needed");
    child.assertNoLog();
  }

  @Test
  void interpreterIsScalar() throws Exception {
    Child child = onClassPath("--add-modules", "jdk.incubator.vector", "-Xint");
    child.assertBackend("scalar \\(.*-Xint.*\\) ScalarKernels");
    child.assertLog("-Xint");
  }

  @Test
  void withoutC2IsScalar() throws Exception {
    Child child = onClassPath("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1");
    child.assertBackend("scalar \\(.*C2.*\\) ScalarKernels");
    child.assertLog("C2");
  }

  @Test
  void shortVectorsAreScalar() throws Exception {
    Child child = onClassPath("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=8");
    child.assertBackend("scalar \\(.*64 bits.*128.*\\) ScalarKernels");
    child.assertLog("64 bits");
  }

  private Child onClassPath(String... options) throws Exception {
    List<String> command = new ArrayList<>(Arrays.asList(options));
    command.addAll(List.of("-cp", classes() + File.pathSeparator + testClasses()));
    command.add(PrintBackend.class.getName());
    return start(command);
  }

  private Child onModulePath(String... options) throws Exception {
    List<String> command = new ArrayList<>(Arrays.asList(options));
    command.addAll(List.of("--module-path", classes().toString()));
    command.addAll(List.of("--patch-module", "dev.lanepool=" + testClasses()));
    command.addAll(List.of("--module", "dev.lanepool/" + PrintBackend.class.getName()));
    return start(command);
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Path testClasses() throws URISyntaxException {
    String name = BackendChoiceTest.class.getName().replace('.', '/') + ".class";
    Path self = Path.of(BackendChoiceTest.class.getResource("/" + name).toURI());
    return self.resolve("../".repeat(Path.of(name).getNameCount())).normalize();
  }

  private Child start(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // One line per log record, with java.logging and without.
    command.add("-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%n");
    command.add("-Djdk.system.logger.format=%4$s: %5$s%n");
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertTrue(ended, () -> "still runs: " + command);
    Child child = new Child(Files.readAllLines(out), Files.readAllLines(err));
    assertEquals(0, process.exitValue(), child::toString);
    return child;
  }

  private record Child(List<String> out, List<String> err) {
    void assertBackend(String pattern) {
      assertEquals(2, out.size(), this::toString);
      assertTrue(Pattern.matches(pattern, out.get(0)), this::toString);
      assertEquals(out.get(0), out.get(1));
    }

    void assertNoLog() {
      assertEquals(List.of(), log(), this::toString);
    }

    void assertLog(String reason) {
      assertEquals(1, log().size(), this::toString);
      String line = log().get(0);
      assertTrue(line.startsWith("INFO: lanepool runs on its scalar backend: "), line);
      assertTrue(line.contains(reason), line);
    }

    /** All that is not the JVM's own. */
    private List<String> log() {
      String incubator = "WARNING: Using incubator modules: jdk.incubator.vector";
      return err.stream().filter(line -> !line.equals(incubator)).toList();
    }
  }
}
