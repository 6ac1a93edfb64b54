package dev.lanepool.jmh;

/** Shapes that one floor is for: those at which a kernel does the same kind of work. */
final class ShapeClass {
  private static final int SMALL = 64;
  private static final int MIDDLE = 400;
  private static final long BIG_BYTES = 4 << 20;

  private ShapeClass() {}

  /** The class of a shape, such as {@code small planes} or {@code large planes over 4 MB}. */
  static String of(Case of) {
    int[] extents = Shapes.extents(of.shape());
    if (extents.length == 3) {
      return extents[0] == 1 ? "one row" : "many rows";
    }
    boolean big = Workloads.of(of.kernel(), of.shape()).bytes() > BIG_BYTES;
    int result = of.shape().indexOf('-');
    String to = result < 0 ? "" : " to " + of.shape().substring(result + 1);
    return maps(extents) + to + (big ? " over 4 MB" : "");
  }

  private static String maps(int[] extents) {
    return extents.length == 8 ? "volumes" : planes((long) extents[2] * extents[3]);
  }

  private static String planes(long size) {
    if (size <= SMALL) {
      return "small planes";
    }
    return size <= MIDDLE ? "middle planes" : "large planes";
  }
}
