package dev.lanepool;

/** Copies between maps of any storage, type and layout. */
final class MapCopies {
  /** Values of a cache line: neither side is read or written across the whole map. */
  private static final int TILE = 16;

  private MapCopies() {}

  /** Value by value. */
  static void copy(FeatureMap from, FeatureMap to) {
    FeatureShape shape = from.shape();
    for (int n = 0; n < shape.n(); n++) {
      for (int h = 0; h < shape.h(); h++) {
        for (int c = 0; c < shape.c(); c++) {
          for (int w = 0; w < shape.w(); w++) {
            long at = to.position(n, c, h, w) * to.type().bytes();
            to.type().write(to.segment(), at, from.getDouble(n, c, h, w));
          }
        }
      }
    }
  }

  /** From array to array, both without gaps. Allocates nothing. */
  static void copy(
      float[] from,
      int start,
      Layout layout,
      FeatureShape shape,
      float[] to,
      int toStart,
      Layout wanted) {
    if (wanted == layout) {
      System.arraycopy(from, start, to, toStart, (int) shape.elements());
      return;
    }
    if (shape.elements() == 0) {
      return; // the extents of an empty map need not fit the arithmetic below
    }
    int pixels = (int) shape.planeSize();
    int rows = layout == Layout.NCHW ? shape.c() : pixels;
    int columns = layout == Layout.NCHW ? pixels : shape.c();
    for (int n = 0; n < shape.n(); n++) {
      int sample = n * rows * columns;
      transpose(from, start + sample, rows, columns, to, toStart + sample);
    }
  }

  private static void transpose(
      float[] from, int fromStart, int rows, int columns, float[] to, int toStart) {
    for (int r0 = 0; r0 < rows; r0 += TILE) {
      int r1 = Math.min(rows, r0 + TILE);
      for (int column = 0; column < columns; column++) {
        for (int row = r0; row < r1; row++) {
          to[toStart + column * rows + row] = from[fromStart + row * columns + column];
        }
      }
    }
  }
}
