package dev.lanepool.examples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of the experiment, one colour for each head throughout. */
final class Charts {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 400;

  /** Pixels for each of the chart's, for screens and print that show more. */
  private static final int SCALE = 2;

  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xe4e4e4);
  private static final Map<String, Color> COLOURS =
      Map.of(
          "flatten", new Color(0x7f7f7f),
          "avg", new Color(0x1f77b4),
          "max", new Color(0xd95f02),
          "gem", new Color(0x1b9e77),
          "catavgmax", new Color(0x7b5ea7));

  private Charts() {}

  /**
   * What a chart shows.
   *
   * @param xTitle below it
   * @param yTitle beside it
   * @param x the places along its lower edge
   * @param series for each head a value at each place, nulls at the end where there is none
   */
  record Data(String xTitle, String yTitle, List<Integer> x, Map<String, List<Double>> series) {}

  /** Lines with marks, from 0 to 1. */
  static BufferedImage shares(Data data) {
    XYChart chart = lines(data);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    return draw(chart);
  }

  /** Lines with marks, only as far as the values go. */
  static BufferedImage closeUp(Data data) {
    return draw(lines(data));
  }

  private static XYChart lines(Data data) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(data.xTitle())
            .yAxisTitle(data.yTitle())
            .build();
    style(chart.getStyler());
    data.series()
        .forEach(
            (head, values) -> {
              int known = (int) values.stream().filter(Objects::nonNull).count();
              XYSeries series =
                  chart.addSeries(head, data.x().subList(0, known), values.subList(0, known));
              series.setMarker(SeriesMarkers.CIRCLE).setLineStyle(new BasicStroke(2.5f));
              series.setMarkerColor(COLOURS.get(head)).setLineColor(COLOURS.get(head));
            });
    return chart;
  }

  /** Bars side by side. */
  static BufferedImage bars(Data data) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(data.xTitle())
            .yAxisTitle(data.yTitle())
            .build();
    style(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(0.8);
    data.series()
        .forEach(
            (head, values) ->
                chart.addSeries(head, data.x(), values).setFillColor(COLOURS.get(head)));
    return draw(chart);
  }

  private static void style(AxesChartStyler styler) {
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendFont(font(14));
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setChartTitleVisible(false);
    styler.setPlotBorderVisible(false);
    styler.setMarkerSize(8);
    styler.setLocale(Locale.ROOT);
    styler.setXAxisDecimalPattern("0");
    styler.setYAxisDecimalPattern("0.0#");
    styler.setAxisTitleFont(font(14));
    styler.setAxisTickLabelsFont(font(13));
    styler.setAxisTickLabelsColor(INK);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotGridVerticalLinesVisible(false);
  }

  private static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  private static BufferedImage draw(Chart<?, ?> chart) {
    BufferedImage picture =
        new BufferedImage(SCALE * WIDTH, SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.scale(SCALE, SCALE);
    chart.paint(g, WIDTH, HEIGHT);
    g.dispose();
    return picture;
  }
}
