package dev.lanepool;

import java.util.Objects;

/**
 * A batch of feature maps [N, C, H, W]: a view of float32 values in an array, with their layout and
 * shape. The array is not copied: who changes it changes the map. Immutable apart from that.
 */
public final class FeatureMap {
  private final float[] array;
  private final int offset;
  private final Layout layout;
  private final FeatureShape shape;

  private FeatureMap(float[] array, int offset, Layout layout, FeatureShape shape) {
    this.array = array;
    this.offset = offset;
    this.layout = layout;
    this.shape = shape;
  }

  /**
   * A view of an array from its beginning.
   *
   * @param array the values; may be longer than the shape needs
   * @param layout their order
   * @param shape the extents
   * @return the view
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the array is shorter than the shape needs
   */
  public static FeatureMap of(float[] array, Layout layout, FeatureShape shape) {
    return of(array, 0, layout, shape);
  }

  /**
   * A view of a part of an array.
   *
   * @param array the values
   * @param offset where the first value lies, in elements
   * @param layout their order
   * @param shape the extents
   * @return the view
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the offset is negative, or if the array holds fewer values
   *     from there than the shape needs
   */
  public static FeatureMap of(float[] array, int offset, Layout layout, FeatureShape shape) {
    Objects.requireNonNull(array, "array is null; a float[] was needed");
    Objects.requireNonNull(layout, "layout is null; NCHW or NHWC was needed");
    Objects.requireNonNull(shape, "shape is null; a FeatureShape was needed");
    if (offset < 0 || offset > array.length) {
      throw new IllegalArgumentException(
          "offset is " + offset + "; 0 to array.length = " + array.length + " was needed");
    }
    if (shape.elements() > array.length - offset) {
      throw new IllegalArgumentException(
          "array holds "
              + (array.length - offset)
              + " values from offset "
              + offset
              + "; shape "
              + shape
              + " needs "
              + shape.elements());
    }
    return new FeatureMap(array, offset, layout, shape);
  }

  /**
   * A map of zeros over a new array.
   *
   * @param layout the order of its values
   * @param shape its extents
   * @return the map
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the shape has more values than an array can hold
   */
  public static FeatureMap allocate(Layout layout, FeatureShape shape) {
    Objects.requireNonNull(shape, "shape is null; a FeatureShape was needed");
    if (shape.elements() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape "
              + shape
              + " has "
              + shape.elements()
              + " values; an array holds "
              + Integer.MAX_VALUE
              + " at most");
    }
    return of(new float[(int) shape.elements()], layout, shape);
  }

  /**
   * The storage itself, not a copy.
   *
   * @return the array given to {@code of}
   */
  public float[] array() {
    return array;
  }

  /**
   * Where the map begins.
   *
   * @return the index of its first value in {@link #array()}
   */
  public int offset() {
    return offset;
  }

  /**
   * The order of the values.
   *
   * @return the layout
   */
  public Layout layout() {
    return layout;
  }

  /**
   * The extents.
   *
   * @return the shape
   */
  public FeatureShape shape() {
    return shape;
  }

  /**
   * The type of the values.
   *
   * @return the element type
   */
  public ElementType type() {
    return ElementType.FLOAT32;
  }

  /**
   * One value.
   *
   * @param n sample, 0 to N - 1
   * @param c channel, 0 to C - 1
   * @param h row, 0 to H - 1
   * @param w column, 0 to W - 1
   * @return the value there
   * @throws IndexOutOfBoundsException if an index is outside its extent
   */
  public float get(int n, int c, int h, int w) {
    Objects.checkIndex(n, shape.n());
    Objects.checkIndex(c, shape.c());
    Objects.checkIndex(h, shape.h());
    Objects.checkIndex(w, shape.w());
    int pixel = h * shape.w() + w;
    int pixels = shape.h() * shape.w();
    return layout == Layout.NCHW
        ? array[offset + (n * shape.c() + c) * pixels + pixel]
        : array[offset + (n * pixels + pixel) * shape.c() + c];
  }

  /**
   * One sample of the batch, as a view of the same array.
   *
   * @param n sample, 0 to N - 1
   * @return the map [1, C, H, W]
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public FeatureMap sample(int n) {
    Objects.checkIndex(n, shape.n());
    FeatureShape one = new FeatureShape(1, shape.c(), shape.h(), shape.w());
    return new FeatureMap(array, offset + n * (int) one.elements(), layout, one);
  }

  /**
   * Whether two maps share an element of an array.
   *
   * @param other another map
   * @return true where writing to one changes the other
   * @throws NullPointerException if other is null
   */
  public boolean overlaps(FeatureMap other) {
    return array == other.array
        && offset < other.offset + other.shape.elements()
        && other.offset < offset + shape.elements();
  }

  /**
   * The same values in another order: this map itself if it has that layout, else a copy.
   *
   * @param wanted the layout of the result
   * @return a map with that layout, equal value for value
   * @throws NullPointerException if wanted is null
   */
  public FeatureMap toLayout(Layout wanted) {
    Objects.requireNonNull(wanted, "wanted is null; NCHW or NHWC was needed");
    if (wanted == layout) {
      return this;
    }
    FeatureMap copy = allocate(wanted, shape);
    copyTo(copy.array, 0, wanted);
    return copy;
  }

  /**
   * Writes the values to another array in a given order. Allocates nothing.
   *
   * @param to receives N·C·H·W values; may not be a part of this map
   * @param toOffset where the first one goes
   * @param wanted the order there
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the offset is negative, or if the array has not enough room
   */
  public void copyTo(float[] to, int toOffset, Layout wanted) {
    Objects.requireNonNull(to, "to is null; a float[] was needed");
    Objects.requireNonNull(wanted, "wanted is null; NCHW or NHWC was needed");
    if (toOffset < 0 || shape.elements() > to.length - toOffset) {
      throw new IllegalArgumentException(
          "to has "
              + to.length
              + " elements and toOffset is "
              + toOffset
              + "; an offset of 0 or more, and "
              + shape.elements()
              + " elements from there were needed");
    }
    if (wanted == layout) {
      System.arraycopy(array, offset, to, toOffset, (int) shape.elements());
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
      transpose(array, offset + sample, rows, columns, to, toOffset + sample);
    }
  }

  // Tiles of a cache line's width, so that neither side is read or written across the whole map.
  private static void transpose(
      float[] from, int fromStart, int rows, int columns, float[] to, int toStart) {
    int tile = 16;
    for (int r0 = 0; r0 < rows; r0 += tile) {
      int r1 = Math.min(rows, r0 + tile);
      for (int column = 0; column < columns; column++) {
        for (int row = r0; row < r1; row++) {
          to[toStart + column * rows + row] = from[fromStart + row * columns + column];
        }
      }
    }
  }
}
