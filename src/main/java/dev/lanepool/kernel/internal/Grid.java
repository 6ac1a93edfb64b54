package dev.lanepool.kernel.internal;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;

/**
 * The windows of adaptive pooling, one at a time: where the window of an output lies, and where its
 * values are in maps without gaps. One per thread, so that a call makes none.
 *
 * <p>With inputs and outputs exchanged, a window is the outputs that a pixel is in the windows of.
 */
public final class Grid {
  private static final ThreadLocal<Grid> OF_THREAD = ThreadLocal.withInitial(Grid::new);
  private static final ThreadLocal<Grid> TRANSPOSED = ThreadLocal.withInitial(Grid::new);

  private boolean planes;
  private int channels;
  private int height;
  private int width;
  private int outHeight;
  private int outWidth;
  private int outputs;

  /** Where the windows of an axis begin and end: divisions take longer than short sums. */
  private int[] tops = new int[0];

  private int[] bottoms = new int[0];
  private int[] lefts = new int[0];
  private int[] rights = new int[0];

  private int n;
  private int c;
  private int row;
  private int column;

  private Grid() {}

  /** The windows of maps, for the calling thread until the next call. */
  public static Grid of(Layout layout, FeatureShape shape, int outHeight, int outWidth) {
    Grid g = OF_THREAD.get();
    g.set(layout, shape, shape.h(), shape.w(), outHeight, outWidth);
    return g;
  }

  /** As {@link #of}, with inputs and outputs exchanged. */
  public static Grid transposed(Layout layout, FeatureShape shape, int outHeight, int outWidth) {
    Grid g = TRANSPOSED.get();
    g.set(layout, shape, outHeight, outWidth, shape.h(), shape.w());
    return g;
  }

  private void set(
      Layout layout, FeatureShape shape, int height, int width, int outHeight, int outWidth) {
    this.planes = layout == Layout.NCHW;
    this.channels = shape.c();
    this.height = height;
    this.width = width;
    this.outHeight = outHeight;
    this.outWidth = outWidth;
    this.outputs = (int) (shape.planes() * outHeight * outWidth);
    if (tops.length < outHeight) {
      tops = new int[outHeight];
      bottoms = new int[outHeight];
    }
    if (lefts.length < outWidth) {
      lefts = new int[outWidth];
      rights = new int[outWidth];
    }
    find(tops, bottoms, height, outHeight);
    find(lefts, rights, width, outWidth);
  }

  private static void find(int[] starts, int[] ends, int in, int out) {
    for (int o = 0; o < out; o++) {
      starts[o] = Windows.start(o, in, out);
      ends[o] = Windows.end(o, in, out);
    }
  }

  /** How many outputs there are, of all planes. */
  public int outputs() {
    return outputs;
  }

  /** Goes to the output that is the i-th in memory. */
  public void output(int i) {
    int cells = outHeight * outWidth;
    int plane = planes ? i / cells : i / (channels * cells) * channels + i % channels;
    plane(plane / channels, plane % channels);
    window(planes ? i % cells : i / channels % cells);
  }

  /** Goes to a plane. */
  public void plane(int n, int c) {
    this.n = n;
    this.c = c;
  }

  /** Goes to output o of the plane. */
  public void window(int o) {
    window(o / outWidth, o % outWidth);
  }

  /** Goes to the output at a row and a column of the plane. */
  public void window(int row, int column) {
    this.row = row;
    this.column = column;
  }

  /** The sample. */
  public int n() {
    return n;
  }

  /** The channel. */
  public int c() {
    return c;
  }

  /** The first row of the window. */
  public int top() {
    return tops[row];
  }

  /** Behind its last row. */
  public int bottom() {
    return bottoms[row];
  }

  /** Its first column. */
  public int left() {
    return lefts[column];
  }

  /** Behind its last column. */
  public int right() {
    return rights[column];
  }

  /** Its values. */
  public long size() {
    return (bottom() - top()) * (long) (right() - left());
  }

  /** Where a value of this plane is in the inputs. */
  public int place(int h, int w) {
    return among(height * width, h * width + w);
  }

  /** Where an output of this plane is. */
  public int outputPlace(int o) {
    return among(outHeight * outWidth, o);
  }

  private int among(int values, int i) {
    return planes ? (n * channels + c) * values + i : (n * values + i) * channels + c;
  }
}
