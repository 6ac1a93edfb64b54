package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Ties;
import dev.lanepool.kernel.internal.Grid;
import java.util.Arrays;

/**
 * Adaptive pooling by any reduction of any map, and its gradient: each window is a plane for {@link
 * StagedReduction} and {@link StagedGradient}. The lanes are channels in either layout, and the
 * sums have the order of adaptive pooling, so the pixels come column by column; where there are no
 * sums, row by row, for the first maximum.
 */
final class WindowChunks extends PixelChunks {
  /** Gradients of a few channels that are summed together; the L2 cache holds them. */
  private static final int ROOM = 1 << 17;

  /** With fewer channels, a value at a time takes no longer. */
  private static final int LEAST = 8;

  private static final ThreadLocal<WindowChunks> OF_THREAD =
      ThreadLocal.withInitial(WindowChunks::new);

  private Grid window;
  private boolean byColumns;

  /** The row and the column of the pixel that was looked for. */
  private int h;

  private int w;

  /** The row, among those of the window, of the first pixel of the chunk. */
  private int row;

  /** The gradients of a few channels, pixel by pixel, each with room for whole vectors. */
  private double[] gradients = new double[0];

  private WindowChunks() {}

  private static WindowChunks of(Grid g, boolean byColumns) {
    WindowChunks form = OF_THREAD.get();
    form.window = g;
    form.byColumns = byColumns;
    return form;
  }

  /** Whether there are channels enough to fill lanes. */
  static boolean serve(FeatureShape shape) {
    return shape.c() >= LEAST;
  }

  /** Reduces all windows of maps that are not empty; index may be null. */
  static void pool(
      Reduction r, FeatureMap x, Grid g, float[] y, int yOffset, int[] index, int indexOffset) {
    WindowChunks form = of(g, r.term() != Reduction.Term.NONE);
    Stages s = Stages.ofThread();
    s.selection = null;
    int channels = x.shape().c();
    for (int n = 0; n < x.shape().n(); n++) {
      for (int c = 0; c < channels; c += Stages.PLANES) {
        int planes = Math.min(Stages.PLANES, channels - c);
        for (int o = 0; o < g.cells(); o++) {
          g.window(o);
          StagedReduction.reduce(form, r, x, n, c, planes, g.size(), g.size(), index != null, s);
          form.finish(s, n, c, o, planes, y, yOffset, index, indexOffset);
        }
      }
    }
  }

  /** Whether there is a gradient here: where sums of so many pixels are not too much to keep. */
  static boolean serveGradient(FeatureShape shape) {
    return serve(shape) && shape.planeSize() <= ROOM / Stages.SLACK;
  }

  /** The gradient of maps that are not empty. */
  static void gradient(
      Reduction r,
      Ties ties,
      FeatureMap x,
      Bins bins,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    Grid g = Grid.of(x.layout(), x.shape(), bins);
    WindowChunks form = of(g, !r.hasPeak());
    Stages s = Stages.ofThread();
    s.selection = null;
    int channels = x.shape().c();
    int group = Math.min(Stages.PLANES, ROOM / g.values() & -Stages.SLACK);
    if (form.gradients.length == 0) {
      form.gradients = new double[ROOM];
    }
    for (int n = 0; n < x.shape().n(); n++) {
      for (int c = 0; c < channels; c += group) {
        int planes = Math.min(group, channels - c);
        Arrays.fill(form.gradients, 0, g.values() * stride(planes), -0.0);
        for (int o = 0; o < g.cells(); o++) {
          g.window(o);
          for (int i = 0; i < planes; i++) {
            g.plane(n, c + i);
            s.gradients[i] = gy[gyOffset + g.outputPlace(o)];
          }
          int size = (int) g.size();
          StagedGradient.of(form, r, ties, x, n, c, planes, size, size, gx, gxOffset, s);
        }
        form.round(x, n, c, planes, gx, gxOffset);
      }
    }
  }

  private static int stride(int planes) {
    return planes + Stages.SLACK - 1 & -Stages.SLACK;
  }

  /** Looks for the i-th pixel of the window. */
  private void find(int i) {
    int rows = window.rows();
    int columns = window.right() - window.left();
    h = window.row(byColumns ? i % rows : i / columns);
    w = window.left() + (byColumns ? i / rows : i % columns);
  }

  @Override
  public void load(FeatureMap x, int n, int c, int planes, long first, int count, Stages s) {
    row = (int) first % window.rows();
    for (int i = 0; i < count; i++) {
      find((int) first + i);
      Decoder.pixel(x, n, c, planes, h, w, null, i * planes, s);
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

  private void finish(
      Stages s, int n, int c, int o, int planes, float[] y, int yTo, int[] index, int indexTo) {
    for (int i = 0; i < planes; i++) {
      window.plane(n, c + i);
      int to = window.outputPlace(o);
      y[yTo + to] = (float) s.sums[i];
      if (index != null) {
        find((int) s.pixels[i]);
        index[indexTo + to] = h * window.width() + w;
      }
    }
  }

  /** To the sums of the gradients, since other windows may have the same pixels. */
  @Override
  public void store(
      double[] v,
      FeatureShape shape,
      int n,
      int c,
      int planes,
      int first,
      int count,
      float[] to,
      int offset) {
    int stride = stride(planes);
    for (int i = 0; i < count; i++) {
      find(first + i);
      add(v, i * planes, gradients, (h * window.width() + w) * stride, planes);
    }
  }

  private void round(FeatureMap x, int n, int c, int planes, float[] gx, int gxOffset) {
    int stride = stride(planes);
    int channels = x.shape().c();
    int size = window.values();
    for (int pixel = 0; pixel < size; pixel++) {
      if (x.layout() == Layout.NHWC) {
        int to = gxOffset + (n * size + pixel) * channels + c;
        Steps.round(gradients, pixel * stride, gx, to, planes);
      } else {
        int to = gxOffset + (n * channels + c) * size + pixel;
        for (int i = 0; i < planes; i++) {
          gx[to + i * size] = (float) gradients[pixel * stride + i];
        }
      }
    }
  }
}
