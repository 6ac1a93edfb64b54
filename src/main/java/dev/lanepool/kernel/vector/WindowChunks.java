package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.internal.Grid;

/**
 * Adaptive pooling by any reduction of any map: each window is a plane for {@link StagedReduction}.
 * The lanes are channels in either layout, and the sums have the order of adaptive pooling, so the
 * pixels come column by column; where there are no sums, row by row, for the first maximum.
 */
final class WindowChunks extends PixelChunks {
  private static final ThreadLocal<WindowChunks> OF_THREAD =
      ThreadLocal.withInitial(WindowChunks::new);

  private Grid window;
  private boolean byColumns;

  /** The row, among those of the window, of the first pixel of the chunk. */
  private int row;

  private WindowChunks() {}

  /** Reduces all windows of maps that are not empty; index may be null. */
  static void pool(
      Reduction r, FeatureMap x, Grid g, float[] y, int yOffset, int[] index, int indexOffset) {
    WindowChunks form = OF_THREAD.get();
    Stages s = Stages.ofThread();
    s.selection = null;
    form.window = g;
    form.byColumns = r.term() != Reduction.Term.NONE;
    int channels = x.shape().c();
    for (int n = 0; n < x.shape().n(); n++) {
      for (int c = 0; c < channels; c += Stages.PLANES) {
        int planes = Math.min(Stages.PLANES, channels - c);
        for (int o = 0; o < g.cells(); o++) {
          g.window(o);
          StagedReduction.reduce(form, r, x, n, c, planes, g.size(), g.size(), index != null, s);
          form.store(s, n, c, o, planes, y, yOffset, index, indexOffset);
        }
      }
    }
  }

  @Override
  public void load(FeatureMap x, int n, int c, int planes, long first, int count, Stages s) {
    int inner = byColumns ? window.rows() : window.right() - window.left();
    int outer = (int) (first / inner);
    int i = (int) (first % inner);
    row = i;
    for (int pixel = 0; pixel < count; pixel++) {
      int h = window.row(byColumns ? i : outer);
      int w = window.left() + (byColumns ? outer : i);
      Decoder.pixel(x, n, c, planes, h, w, null, pixel * planes, s);
      if (++i == inner) {
        i = 0;
        outer++;
      }
    }
  }

  /** To the sum of the column, which begins with +0, and that to the sum. */
  @Override
  public void add(Stages s, int planes, int count) {
    int i = row;
    for (int pixel = 0; pixel < count; pixel++) {
      add(s.values, pixel * planes, s.lanes, 0, planes);
      if (++i == window.rows()) {
        i = 0;
        endColumn(s, planes);
      }
    }
  }

  private static void endColumn(Stages s, int planes) {
    for (int i = 0; i < planes; i++) {
      s.sums[i] += s.lanes[i];
      s.lanes[i] = 0;
    }
  }

  /** The last column has been added. */
  @Override
  public void fold(Stages s, int planes) {}

  private void store(
      Stages s, int n, int c, int o, int planes, float[] y, int yTo, int[] index, int indexTo) {
    int columns = window.right() - window.left();
    for (int i = 0; i < planes; i++) {
      window.plane(n, c + i);
      int to = window.outputPlace(o);
      y[yTo + to] = (float) s.sums[i];
      if (index != null) {
        int h = window.row((int) s.pixels[i] / columns);
        int w = window.left() + (int) s.pixels[i] % columns;
        index[indexTo + to] = h * window.width() + w;
      }
    }
  }
}
