package dev.lanepool;

/**
 * How far apart, in elements, a feature map's values lie along each of its axes. In a crop they are
 * those of the larger map.
 *
 * @param batch from a sample to the next
 * @param channel from a channel to the next
 * @param row from a row of a plane to the next
 * @param column from a value of a row to the next
 */
public record Strides(long batch, long channel, long row, long column) {
  /**
   * Checks the strides.
   *
   * @throws IllegalArgumentException if a stride is negative
   */
  public Strides {
    require("batch", batch);
    require("channel", channel);
    require("row", row);
    require("column", column);
  }

  private static void require(String name, long stride) {
    if (stride < 0) {
      throw new IllegalArgumentException(
          name + " is " + stride + "; a stride of 0 or more was needed");
    }
  }

  /**
   * The strides of a map without gaps.
   *
   * @param layout the order of its values
   * @param shape its extents
   * @return the strides
   */
  public static Strides dense(Layout layout, FeatureShape shape) {
    long w = shape.w();
    long pixels = shape.planeSize();
    long c = shape.c();
    // Without samples, the other extents may be anything.
    long sample = shape.n() == 0 ? 0 : pixels * c;
    return layout == Layout.NCHW
        ? new Strides(sample, pixels, w, 1)
        : new Strides(sample, 1, w * c, c);
  }

  /** Whether maps of this shape have no gaps: along an axis of one value a stride means nothing. */
  boolean isDense(Layout layout, FeatureShape shape) {
    Strides dense = dense(layout, shape);
    return (shape.n() < 2 || batch == dense.batch)
        && (shape.c() < 2 || channel == dense.channel)
        && (shape.h() < 2 || row == dense.row)
        && (shape.w() < 2 || column == dense.column);
  }

  /** Elements from the first value to behind the last one of a map with values. */
  long reach(FeatureShape shape) {
    long last = Math.multiplyExact(shape.n() - 1L, batch);
    last = Math.addExact(last, Math.multiplyExact(shape.c() - 1L, channel));
    last = Math.addExact(last, Math.multiplyExact(shape.h() - 1L, row));
    last = Math.addExact(last, Math.multiplyExact(shape.w() - 1L, column));
    return Math.addExact(last, 1);
  }
}
