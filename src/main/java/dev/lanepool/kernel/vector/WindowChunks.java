package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Ties;
import dev.lanepool.kernel.internal.Grid;
import dev.lanepool.kernel.internal.Results;
import java.util.Arrays;

/**
 * Adaptive pooling by any reduction of any map, and its gradient: each window is a plane for {@link
 * StagedReduction} and {@link StagedGradient}, and comes row by row. The lanes are channels in
 * either layout, or the columns of one channel, where these are more. The sums have the order of
 * adaptive pooling.
 */
final class WindowChunks extends PixelChunks {
  /** Gradients of a few channels that are summed together; the L2 cache holds them. */
  private static final int ROOM = 1 << 17;

  /** Channels that fill lanes. */
  private static final int LEAST = 8;

  /** Values of a window of one channel that take no longer alone than among other channels. */
  private static final int LARGE = 64;

  private static final ThreadLocal<WindowChunks> OF_THREAD =
      ThreadLocal.withInitial(WindowChunks::new);

  private Grid window;

  /** The row and the column of the pixel that was looked for. */
  private int h;

  private int w;

  /** The sum of each column of the window, channel by channel. */
  private double[] columns = new double[0];

  /** The gradients of a few channels, pixel by pixel. */
  private double[] gradients = new double[0];

  private WindowChunks() {}

  private static WindowChunks of(Grid g) {
    WindowChunks form = OF_THREAD.get();
    form.window = g;
    return form;
  }

  /** How many channels go together. */
  private static int group(FeatureMap x, Grid g) {
    boolean alone = x.shape().c() < LEAST || g.values() / g.cells() >= LARGE;
    return x.layout() == Layout.NCHW && alone ? 1 : Math.min(Stages.PLANES, x.shape().c());
  }

  /** Reduces all windows of maps that are not empty. */
  static void pool(Reduction r, FeatureMap x, Grid g, Results results) {
    WindowChunks form = of(g);
    try (Stages s = Stages.begin(form, r, x, null)) {
      int channels = x.shape().c();
      int group = group(x, g);
      form.fitColumns(group);
      for (int n = 0; n < x.shape().n(); n++) {
        for (int c = 0; c < channels; c += group) {
          for (int o = 0; o < g.cells(); o++) {
            g.window(o);
            s.group(n, c, Math.min(group, channels - c), g.size());
            StagedReduction.reduce(results.indexed(), s);
            form.store(o, results, s);
          }
        }
      }
    }
  }

  /** Makes the sums anew where there are more, so not once warm. */
  private void fitColumns(int planes) {
    if (columns.length < planes * window.width()) {
      columns = new double[planes * window.width()];
    }
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
    WindowChunks form = of(g);
    try (Stages s = Stages.begin(form, r, x, null)) {
      int channels = x.shape().c();
      int group = Math.min(group(x, g), Math.max(LEAST, ROOM / g.values()));
      form.fitColumns(group);
      if (form.gradients.length < group * g.values()) {
        form.gradients = new double[group * g.values()];
      }
      for (int n = 0; n < x.shape().n(); n++) {
        for (int c = 0; c < channels; c += group) {
          int planes = Math.min(group, channels - c);
          Arrays.fill(form.gradients, 0, g.values() * planes, -0.0);
          for (int o = 0; o < g.cells(); o++) {
            g.window(o);
            s.group(n, c, planes, g.size());
            for (int i = 0; i < planes; i++) {
              g.plane(n, c + i);
              s.gradients[i] = gy[gyOffset + g.outputPlace(o)];
            }
            StagedGradient.of(ties, gx, gxOffset, s);
          }
          form.round(gx, gxOffset, s);
        }
      }
    }
  }

  private int columns() {
    return window.right() - window.left();
  }

  /** Looks for the i-th pixel of the window. */
  private void find(int i) {
    h = window.row(i / columns());
    w = window.left() + i % columns();
  }

  /** Looks for the i-th pixel, and how many of so many from it on are in the same row. */
  private int findRow(int i, int count) {
    find(i);
    return Math.min(count, window.right() - w);
  }

  @Override
  public void load(Stages s) {
    int first = (int) s.first;
    int count = s.count;
    int length;
    for (int i = 0; i < count; i += length) {
      length = findRow(first + i, count - i);
      Decoder.piece(h, w, length, i * s.planes, s);
    }
  }

  @Override
  public void max(Stages s) {
    if (s.planes == 1) {
      RowChunks.FORM.max(s);
    } else {
      super.max(s);
    }
  }

  /** To the sums of the columns, which begin with +0. */
  @Override
  public void add(Stages s) {
    int first = (int) s.first;
    int count = s.count;
    int planes = s.planes;
    int length;
    for (int i = 0; i < count; i += length) {
      length = findRow(first + i, count - i);
      int to = (w - window.left()) * planes;
      addAll(s.values, i * planes, columns, to, length * planes);
    }
  }

  /** The columns from left to right, once they are whole. */
  @Override
  public void fold(Stages s) {
    if (s.first + s.count == s.size) {
      int planes = s.planes;
      for (int column = 0; column < columns(); column++) {
        addAll(columns, column * planes, s.sums, 0, planes);
      }
      Arrays.fill(columns, 0, columns() * s.planes, 0);
    }
  }

  private void store(int o, Results results, Stages s) {
    for (int i = 0; i < s.planes; i++) {
      window.plane(s.n, s.c + i);
      if (results.indexed()) {
        find((int) s.pixels[i]);
        results.put(window.outputPlace(o), (float) s.sums[i], h * window.width() + w);
      } else {
        results.put(window.outputPlace(o), s.sums[i]);
      }
    }
  }

  /** To the sums of the gradients, since other windows may have the same pixels. */
  @Override
  public void store(float[] to, int offset, Stages s) {
    int length;
    for (int i = 0; i < s.count; i += length) {
      length = findRow((int) s.first + i, s.count - i);
      int at = (h * window.width() + w) * s.planes;
      addAll(s.scratch.others, i * s.planes, gradients, at, length * s.planes);
    }
  }

  private void round(float[] gx, int gxOffset, Stages s) {
    int channels = s.x.shape().c();
    int planes = s.planes;
    int size = window.values();
    if (s.x.layout() == Layout.NHWC) {
      int first = gxOffset + s.n * size * channels + s.c;
      for (int i = 0; i < size; i++) {
        Steps.round(gradients, i * planes, gx, first + i * channels, planes);
      }
      return;
    }
    int to = gxOffset + (s.n * channels + s.c) * size;
    if (planes == 1) {
      Steps.round(gradients, 0, gx, to, size);
      return;
    }
    for (int pixel = 0; pixel < size; pixel++) {
      for (int i = 0; i < planes; i++) {
        gx[to + i * size + pixel] = (float) gradients[pixel * planes + i];
      }
    }
  }
}
