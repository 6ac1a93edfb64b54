package dev.lanepool.examples;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A convolution that is learned once, without labels, and then fixed: the centres of a spherical
 * k-means over patches (A. Coates, A. Ng, "Learning Feature Representations with K-means", 2012).
 * Patches have their mean taken off and the length 1, so that a response is a cosine; what is
 * beyond a threshold becomes the map.
 */
final class FilterBank {
  /** Rows and columns of a filter. */
  static final int SIZE = 5;

  static final float THRESHOLD = 0.6f;

  private static final int TAPS = SIZE * SIZE;
  private static final int SAMPLES = 20_000;
  private static final int ROUNDS = 12;

  /** A patch with less contrast is taken for blank. */
  private static final double MIN_LENGTH = 1e-3;

  private final int filters;

  /** Tap by tap, the filters' values side by side, so that the innermost loop is over filters. */
  private final float[] taps;

  private FilterBank(int filters) {
    this.filters = filters;
    this.taps = new float[TAPS * filters];
  }

  /**
   * Learns filters.
   *
   * @param filters how many
   * @param pictures squares to take patches from
   * @param size their rows and columns
   * @param random decides which patches
   */
  static FilterBank learn(int filters, List<float[]> pictures, int size, Random random) {
    float[][] patches = new float[SAMPLES][];
    for (int i = 0; i < SAMPLES; i++) {
      patches[i] = randomPatch(pictures, size, random);
    }
    FilterBank bank = new FilterBank(filters);
    for (int f = 0; f < filters; f++) {
      bank.set(f, patches[f]);
    }
    for (int round = 0; round < ROUNDS; round++) {
      bank.moveToCentres(patches, random);
    }
    return bank;
  }

  private static float[] randomPatch(List<float[]> pictures, int size, Random random) {
    float[] patch = new float[TAPS];
    boolean blank = true;
    while (blank) {
      float[] picture = pictures.get(random.nextInt(pictures.size()));
      int places = size - SIZE + 1;
      cut(picture, size, random.nextInt(places), random.nextInt(places), patch);
      blank = !normalize(patch);
    }
    return patch;
  }

  private void moveToCentres(float[][] patches, Random random) {
    float[][] sums = new float[filters][TAPS];
    float[] responses = new float[filters];
    for (float[] patch : patches) {
      respond(patch, responses, 0);
      float[] sum = sums[argMax(responses)];
      for (int t = 0; t < TAPS; t++) {
        sum[t] += patch[t];
      }
    }
    for (int f = 0; f < filters; f++) {
      boolean empty = !normalize(sums[f]);
      set(f, empty ? patches[random.nextInt(patches.length)] : sums[f]);
    }
  }

  private void set(int filter, float[] patch) {
    for (int t = 0; t < TAPS; t++) {
      taps[t * filters + filter] = patch[t];
    }
  }

  private static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  int filters() {
    return filters;
  }

  /** One filter, row by row. */
  float[] filter(int index) {
    float[] values = new float[TAPS];
    for (int t = 0; t < TAPS; t++) {
      values[t] = taps[t * filters + index];
    }
    return values;
  }

  /**
   * The maps of pictures: ReLU(response - threshold) at every place where a filter fits.
   *
   * @param pictures squares of one size
   * @param size their rows and columns
   * @return [pictures, filters, size - 4, size - 4], NHWC
   */
  FeatureMap maps(List<float[]> pictures, int size) {
    int places = size - SIZE + 1;
    FeatureMap maps =
        FeatureMap.allocate(
            Layout.NHWC, new FeatureShape(pictures.size(), filters, places, places));
    float[] patch = new float[TAPS];
    int at = 0;
    for (float[] picture : pictures) {
      for (int row = 0; row < places; row++) {
        for (int column = 0; column < places; column++) {
          cut(picture, size, row, column, patch);
          respond(patch, maps.array(), at);
          rectify(maps.array(), at);
          at += filters;
        }
      }
    }
    return maps;
  }

  private void respond(float[] patch, float[] to, int start) {
    Arrays.fill(to, start, start + filters, 0);
    for (int t = 0; t < TAPS; t++) {
      float value = patch[t];
      int from = t * filters;
      for (int f = 0; f < filters; f++) {
        to[start + f] += value * taps[from + f];
      }
    }
  }

  private void rectify(float[] values, int start) {
    for (int f = 0; f < filters; f++) {
      values[start + f] = Math.max(0, values[start + f] - THRESHOLD);
    }
  }

  private static void cut(float[] picture, int size, int row, int column, float[] patch) {
    for (int y = 0; y < SIZE; y++) {
      System.arraycopy(picture, (row + y) * size + column, patch, y * SIZE, SIZE);
    }
  }

  private static boolean normalize(float[] patch) {
    double sum = 0;
    for (float value : patch) {
      sum += value;
    }
    double mean = sum / TAPS;
    double squares = 0;
    for (float value : patch) {
      squares += (value - mean) * (value - mean);
    }
    double length = Math.sqrt(squares);
    if (length < MIN_LENGTH) {
      return false;
    }
    for (int t = 0; t < TAPS; t++) {
      patch[t] = (float) ((patch[t] - mean) / length);
    }
    return true;
  }
}
