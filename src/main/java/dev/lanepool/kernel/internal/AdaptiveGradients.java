package dev.lanepool.kernel.internal;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;

/**
 * Gradients of adaptive pooling. They hardly compute, so the backends share them. Maps in NCHW are
 * treated as N·C samples in NHWC with one channel each.
 *
 * <p>The windows over a pixel are those of an axis with inputs and outputs exchanged.
 */
public final class AdaptiveGradients {
  private AdaptiveGradients() {}

  /** To each pixel the sum of gy / size over the windows that cover it. */
  public static void mean(
      float[] gy,
      int gyOffset,
      Layout layout,
      FeatureShape shape,
      int outHeight,
      int outWidth,
      float[] gx,
      int gxOffset) {
    int samples = samples(layout, shape);
    int channels = channels(layout, shape);
    int row = shape.w() * channels;
    for (int line = 0; line < samples * shape.h(); line++) {
      int sample = line / shape.h();
      int h = line % shape.h();
      int from = gyOffset + sample * outHeight * outWidth * channels;
      int to = gxOffset + line * row;
      if (h > 0 && sameWindows(h, shape.h(), outHeight)) {
        System.arraycopy(gx, to - row, gx, to, row);
      } else {
        meanRow(gy, from, channels, h, shape, outHeight, outWidth, gx, to);
      }
    }
  }

  /** Whether the windows over this row are those over the row before. */
  private static boolean sameWindows(int h, int in, int out) {
    return Windows.start(h, out, in) == Windows.start(h - 1, out, in)
        && Windows.end(h, out, in) == Windows.end(h - 1, out, in);
  }

  private static void meanRow(
      float[] gy,
      int from,
      int channels,
      int h,
      FeatureShape shape,
      int outHeight,
      int outWidth,
      float[] gx,
      int to) {
    int top = Windows.start(h, outHeight, shape.h());
    int bottom = Windows.end(h, outHeight, shape.h());
    for (int w = 0; w < shape.w(); w++) {
      int left = Windows.start(w, outWidth, shape.w());
      int right = Windows.end(w, outWidth, shape.w());
      for (int c = 0; c < channels; c++) {
        double sum = -0.0;
        for (int oh = top; oh < bottom; oh++) {
          double rows = size(oh, shape.h(), outHeight);
          for (int ow = left; ow < right; ow++) {
            double size = rows * size(ow, shape.w(), outWidth);
            sum += gy[from + (oh * outWidth + ow) * channels + c] / size;
          }
        }
        gx[to + w * channels + c] = (float) sum;
      }
    }
  }

  private static int size(int o, int in, int out) {
    return Windows.end(o, in, out) - Windows.start(o, in, out);
  }

  /** To the pixel of each window's maximum the sum of gy over the windows whose maximum it is. */
  public static void max(
      float[] gy,
      int gyOffset,
      int[] index,
      int indexOffset,
      Layout layout,
      FeatureShape shape,
      int outHeight,
      int outWidth,
      float[] gx,
      int gxOffset) {
    Arrays.fill(gx, gxOffset, gxOffset + (int) shape.elements(), 0);
    int channels = channels(layout, shape);
    int cells = outHeight * outWidth;
    int pixels = (int) shape.planeSize();
    for (int o = 0; o < shape.planes() * cells; o++) {
      int sample = o / (cells * channels);
      int channel = o % channels;
      int first = sample * cells * channels + channel;
      int pixel = index[indexOffset + o];
      gx[gxOffset + (sample * pixels + pixel) * channels + channel] =
          sumOver(
              pixel,
              gy,
              gyOffset + first,
              index,
              indexOffset + first,
              channels,
              shape,
              outHeight,
              outWidth);
    }
  }

  private static float sumOver(
      int pixel,
      float[] gy,
      int gyFirst,
      int[] index,
      int indexFirst,
      int stride,
      FeatureShape shape,
      int outHeight,
      int outWidth) {
    int h = pixel / shape.w();
    int w = pixel % shape.w();
    int bottom = Windows.end(h, outHeight, shape.h());
    int left = Windows.start(w, outWidth, shape.w());
    int right = Windows.end(w, outWidth, shape.w());
    double sum = -0.0;
    for (int oh = Windows.start(h, outHeight, shape.h()); oh < bottom; oh++) {
      for (int ow = left; ow < right; ow++) {
        int o = (oh * outWidth + ow) * stride;
        if (index[indexFirst + o] == pixel) {
          sum += gy[gyFirst + o];
        }
      }
    }
    return (float) sum;
  }

  private static int samples(Layout layout, FeatureShape shape) {
    return layout == Layout.NCHW ? (int) shape.planes() : shape.n();
  }

  private static int channels(Layout layout, FeatureShape shape) {
    return layout == Layout.NCHW ? 1 : shape.c();
  }
}
