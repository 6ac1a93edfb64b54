package dev.lanepool.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.jmh.Measurement;
import dev.lanepool.jmh.Mode;
import dev.lanepool.jmh.Results;
import dev.lanepool.jmh.Variant;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
  private static final String HTML = Report.html(List.of(Sample.everything()));
  private static final Document PAGE = Jsoup.parse(HTML);

  @Test
  void everySectionHasFiguresAndTables() {
    List<String> ids = PAGE.select("section[id]").eachAttr("id");
    assertEquals(
        List.of(
            "p1-overview",
            "p1-hot",
            "p1-roofline",
            "p1-widths",
            "p1-cold",
            "p1-polluted",
            "p1-first-call",
            "p1-steady-state",
            "p1-threads",
            "p1-allocation"),
        ids);
    for (Element figure : PAGE.select("article")) {
      assertFalse(figure.select("tbody tr").isEmpty(), figure.text());
    }
    assertEquals(
        ids, PAGE.select("nav a").eachAttr("href").stream().map(h -> h.substring(1)).toList());
  }

  @Test
  void chartsHoldTheRatiosOfTheTable() {
    Element figure = figure("p1-hot", "mean float32 NHWC, 256 bits");
    JsonNode overRoof = json(figure.select(".chart script").get(0));
    assertEquals("time / read roof", overRoof.get("x").asString());
    assertEquals("1×2048×7×7", overRoof.get("categories").get(0).asString());
    assertEquals("lanepool", overRoof.get("series").get(0).get("name").asString());
    assertEquals(1.6, overRoof.get("series").get(0).get("points").get(0).get(0).asDouble(), 1e-9);
    assertEquals(5, overRoof.get("series").size());
    assertEquals(
        List.of("1×2048×7×7", "lanepool", "4.87", "1.60 [1.60, 1.60]", "1"),
        figure.select("tbody tr").get(1).select("td").eachText());
  }

  @Test
  void aSweepBecomesACurveWithTheCachesMarked() {
    Element figure = figure("p1-roofline", "mean float32 NCHW, planes of 7×7, 256 bits");
    JsonNode chart = json(figure.selectFirst(".chart.curve script"));
    assertEquals(0, chart.get("categories").size());
    assertEquals("L2", chart.get("marks").get(1).get("label").asString());
    assertEquals(1 << 20, chart.get("marks").get(1).get("at").asInt());
    JsonNode roof = chart.get("series").get(0);
    assertEquals("read roof", roof.get("name").asString());
    // the sample's roof takes 3e-5 µs a value, and a per cent more in the middle fork
    assertEquals(4 / 3e-5 / 1.01 / 1e3, roof.get("points").get(0).get(1).asDouble(), 1e-6);
    assertEquals(83 * 49 * 4, roof.get("points").get(0).get(0).asInt());
  }

  @Test
  void threadsAndWidthsAreComparedWithOne() {
    List<String> threads =
        figure("p1-threads", "mean float32 NCHW").select("tbody tr").get(1).select("td").eachText();
    assertEquals(List.of("1×2048×7×7", "2 threads, 256 bits", "10.6", "1.90"), threads);
    List<String> widths =
        figure("p1-widths", "mean float32 NCHW").select("tbody tr").get(1).select("td").eachText();
    assertEquals(List.of("1×2048×7×7", "128 bits", "9.73", "2"), widths);
  }

  @Test
  void thePageStandsAlone() {
    assertTrue(PAGE.select("[src], link, img, iframe, object").isEmpty());
    assertFalse(HTML.contains("@import"));
    assertTrue(
        PAGE.selectFirst("meta[http-equiv]").attr("content").startsWith("default-src 'none'"));
    assertTrue(HTML.contains("Licensed to the Apache Software Foundation"));
  }

  @Test
  void whatIsWrittenIsEscaped() {
    assertTrue(PAGE.text().contains("a <b>CPU</b>"));
    assertTrue(PAGE.select("b").isEmpty());
    String evil = "</script><script>alert(1)</script>";
    Measurement measurement = measurement(evil, Variant.KERNEL);
    Results results = Sample.results(List.of(measurement, measurement(evil, Variant.ROOF)));
    Document page = Jsoup.parse(Report.html(List.of(results)));
    assertTrue(page.select("script").eachAttr("type").stream().noneMatch("alert"::equals));
    assertFalse(Report.html(List.of(results)).contains(evil));
    assertTrue(
        json(page.selectFirst(".chart script")).get("categories").get(0).asString().contains("<"));
  }

  @Test
  void whatWasNotMeasuredIsLeftOut() {
    Results results = Sample.results(List.of(measurement("1x1x7x7", Variant.KERNEL)));
    Document page = Jsoup.parse(Report.html(List.of(results)));
    assertEquals(List.of("p1-hot"), page.select("section[id]").eachAttr("id"));
  }

  private static Measurement measurement(String shape, String variant) {
    return new Measurement(
        "MEAN_FLOAT32_NCHW",
        shape,
        Mode.HOT,
        256,
        variant,
        "vector",
        1,
        0,
        List.of(),
        List.of(1.0),
        1.0,
        null,
        null);
  }

  private static Element figure(String section, String title) {
    return PAGE.getElementById(section).select("article").stream()
        .filter(article -> article.selectFirst("h4").text().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode json(Element script) {
    return new JsonMapper().readTree(script.data());
  }
}
