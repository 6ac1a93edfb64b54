package dev.lanepool.jmh.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What is drawn, on a logarithmic x-axis. With categories each of them is a row of dots, and a
 * point's y is the category's place; without them the points of a series are joined by a line, and
 * the y-axis is logarithmic, too.
 *
 * @param x the x-axis: what, and its unit
 * @param y the y-axis: what, and its unit
 * @param categories the rows' names; empty where points are joined
 * @param series what is compared
 * @param marks vertical lines
 */
record Chart(String x, String y, List<String> categories, List<Series> series, List<Mark> marks) {
  /** Whether points are joined. */
  @JsonIgnore
  boolean isCurve() {
    return categories.isEmpty();
  }

  /**
   * Points that belong together.
   *
   * @param name for the legend
   * @param points of x and y each
   */
  record Series(String name, List<double[]> points) {}

  /**
   * A vertical line.
   *
   * @param at its x
   * @param label what it is
   */
  record Mark(double at, String label) {}
}
