package dev.lanepool.kernel.internal;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;

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
  private int sliceHeight;
  private int width;
  private int outWidth;
  private boolean identity;

  /** Values and outputs of a plane, and outputs of all. */
  private int values;

  private int cells;
  private int outputs;

  /**
   * The first row of the windows of each row of outputs, how many they have of a slice, of how many
   * slices, and how many in all: divisions take longer than short sums.
   */
  private int[] tops = new int[0];

  private int[] heights = new int[0];
  private int[] depths = new int[0];
  private int[] rowCounts = new int[0];

  /** Where the windows of each column of outputs begin and end. */
  private int[] lefts = new int[0];

  private int[] rights = new int[0];

  private int n;
  private int c;
  private int row;
  private int column;

  private Grid() {}

  /** The windows of maps that are not empty, for the calling thread until the next call. */
  public static Grid of(Layout layout, FeatureShape shape, Bins bins) {
    Grid g = OF_THREAD.get();
    int height = bins.sliceHeight(shape);
    int outDepth = bins.outDepth();
    int outHeight = bins.outHeight();
    g.set(layout, shape, bins.slices(), height, shape.w(), outDepth, outHeight, bins.outWidth());
    return g;
  }

  /** As {@link #of}, with inputs and outputs exchanged. */
  public static Grid transposed(Layout layout, FeatureShape shape, Bins bins) {
    Grid g = TRANSPOSED.get();
    int height = bins.sliceHeight(shape);
    int outDepth = bins.outDepth();
    int outHeight = bins.outHeight();
    g.set(layout, shape, outDepth, outHeight, bins.outWidth(), bins.slices(), height, shape.w());
    return g;
  }

  private void set(
      Layout layout,
      FeatureShape shape,
      int slices,
      int sliceHeight,
      int width,
      int outDepth,
      int outHeight,
      int outWidth) {
    this.planes = layout == Layout.NCHW;
    this.channels = shape.c();
    this.sliceHeight = sliceHeight;
    this.width = width;
    this.outWidth = outWidth;
    this.identity = slices == outDepth && sliceHeight == outHeight && width == outWidth;
    this.values = slices * sliceHeight * width;
    this.cells = outDepth * outHeight * outWidth;
    this.outputs = (int) (shape.planes() * cells);
    fit(outDepth * outHeight);
    for (int o = 0; o < outDepth * outHeight; o++) {
      int front = Windows.start(o / outHeight, slices, outDepth);
      int back = Windows.end(o / outHeight, slices, outDepth);
      int top = Windows.start(o % outHeight, sliceHeight, outHeight);
      tops[o] = front * sliceHeight + top;
      heights[o] = Windows.end(o % outHeight, sliceHeight, outHeight) - top;
      depths[o] = back - front;
      rowCounts[o] = depths[o] * heights[o];
    }
    findColumns();
  }

  private void fit(int outRows) {
    if (tops.length < outRows) {
      tops = new int[outRows];
      heights = new int[outRows];
      depths = new int[outRows];
      rowCounts = new int[outRows];
    }
    if (lefts.length < outWidth) {
      lefts = new int[outWidth];
      rights = new int[outWidth];
    }
  }

  private void findColumns() {
    for (int o = 0; o < outWidth; o++) {
      lefts[o] = Windows.start(o, width, outWidth);
      rights[o] = Windows.end(o, width, outWidth);
    }
  }

  /** Whether every window is the one value in its place, as of 7×7 → 7×7. */
  public boolean isIdentity() {
    return identity;
  }

  /** How many outputs there are, of all planes. */
  public int outputs() {
    return outputs;
  }

  /** Values of a plane. */
  public int values() {
    return values;
  }

  /** Its columns. */
  public int width() {
    return width;
  }

  /** Outputs of a plane. */
  public int cells() {
    return cells;
  }

  /** Their rows, those of all slices. */
  public int outRows() {
    return cells / outWidth;
  }

  /** Their columns. */
  public int outWidth() {
    return outWidth;
  }

  /** Goes to the output that is the i-th in memory. */
  public void output(int i) {
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

  /** Goes to an output of the plane, by its row among those of all slices. */
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

  /** How many slices the window has. */
  public int depth() {
    return depths[row];
  }

  /** How many rows it has of each. */
  public int height() {
    return heights[row];
  }

  /** The first row of its i-th slice, among those of all slices of the plane. */
  public int top(int slice) {
    return tops[row] + slice * sliceHeight;
  }

  /** How many rows it has, those of all its slices. */
  public int rows() {
    return rowCounts[row];
  }

  /** Its i-th row, slice by slice, among those of all slices of the plane. */
  public int row(int i) {
    int height = heights[row];
    return tops[row] + (i < height ? i : i + i / height * (sliceHeight - height));
  }

  /** Its first column. */
  public int left() {
    return left(column);
  }

  /** The first column of the windows of a column of outputs. */
  public int left(int column) {
    return lefts[column];
  }

  /** Behind its last column. */
  public int right() {
    return right(column);
  }

  /** Behind the last column of the windows of a column of outputs. */
  public int right(int column) {
    return rights[column];
  }

  /** Its values. */
  public long size() {
    return size(row, column);
  }

  /** The values of the window of another output, by its row among those of all slices. */
  public long size(int row, int column) {
    return (long) rowCounts[row] * (rights[column] - lefts[column]);
  }

  /** Whether the windows of this row of outputs have the rows that those of the row before have. */
  public boolean repeatsRows(int row) {
    return row > 0
        && tops[row] == tops[row - 1]
        && heights[row] == heights[row - 1]
        && depths[row] == depths[row - 1];
  }

  /** Whether those of this column of outputs have the columns that those of the one before have. */
  public boolean repeatsColumns(int column) {
    return column > 0 && lefts[column] == lefts[column - 1] && rights[column] == rights[column - 1];
  }

  /** Whether the window has a pixel of the plane; any number may be asked for. */
  public boolean has(int pixel) {
    int h = pixel / width - tops[row];
    int w = pixel % width;
    return pixel >= 0 && h >= 0 && hasRow(h) && w >= left() && w < right();
  }

  /** Whether there is the row h below the first; divisions take long, and planes need none. */
  private boolean hasRow(int h) {
    return h < heights[row] || h / sliceHeight < depths[row] && h % sliceHeight < heights[row];
  }

  /** Where a value of this plane is in the inputs. */
  public int place(int h, int w) {
    return among(values, h * width + w);
  }

  /** Where an output of this plane is. */
  public int outputPlace(int o) {
    return among(cells, o);
  }

  /** The window: {@code rows 0 to 1 and columns 2 to 4}, with the slices if there are several. */
  @Override
  public String toString() {
    int front = tops[row] / sliceHeight;
    int top = tops[row] % sliceHeight;
    String slices = "slices " + front + " to " + (front + depth() - 1) + ", ";
    String rows = "rows " + top + " to " + (top + height() - 1);
    String columns = " and columns " + left() + " to " + (right() - 1);
    return (values == sliceHeight * width ? "" : slices) + rows + columns;
  }

  private int among(int values, int i) {
    return planes ? (n * channels + c) * values + i : (n * values + i) * channels + c;
  }
}
