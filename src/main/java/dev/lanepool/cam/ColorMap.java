package dev.lanepool.cam;

/** The colour of a value from 0 to 1. */
public enum ColorMap {
  /** Blue, cyan, yellow, red: MATLAB's jet, three trapezoids, each a quarter after the other. */
  JET {
    @Override
    int color(float t) {
      return pack(
          1.5f - Math.abs(4 * t - 3), 1.5f - Math.abs(4 * t - 2), 1.5f - Math.abs(4 * t - 1));
    }
  },
  /**
   * Dark violet, green, yellow; as light as the value is high, also to those who see few colours,
   * and in print (S. van der Walt, N. Smith, 2015; matplotlib's table, dedicated to the public
   * domain). Every 15th entry of the 256, and straight lines between; off by 5 of 255 at the most.
   */
  VIRIDIS {
    @Override
    int color(float t) {
      return between(VIRIDIS_COLORS, t);
    }
  },
  /** Black, violet, orange, cream; made like viridis, off by 3 of 255 at the most. */
  MAGMA {
    @Override
    int color(float t) {
      return between(MAGMA_COLORS, t);
    }
  },
  /** Black to white. */
  GREY {
    @Override
    int color(float t) {
      return pack(t, t, t);
    }
  };

  private static final int[] VIRIDIS_COLORS = {
    0x440154, 0x481769, 0x472a7a, 0x433d84, 0x3d4e8a, 0x355e8d, 0x2e6d8e, 0x297b8e, 0x23898e,
    0x1f978b, 0x21a585, 0x2eb37c, 0x46c06f, 0x65cb5e, 0x89d548, 0xb0dd2f, 0xd8e219, 0xfde725
  };

  private static final int[] MAGMA_COLORS = {
    0x000004, 0x090720, 0x1a1042, 0x311165, 0x4a1079, 0x621980, 0x792282, 0x912b81, 0xaa337d,
    0xc23b75, 0xd9466b, 0xec5860, 0xf7725c, 0xfc8e64, 0xfeaa74, 0xfec68a, 0xfde2a3, 0xfcfdbf
  };

  /**
   * The colour of a value.
   *
   * @param t the value; below 0, and for NaN, the colour of 0; above 1, that of 1
   * @return red, green and blue, 8 bits each, red the highest
   */
  public int rgb(float t) {
    return color(t >= 0 ? Math.min(t, 1) : 0);
  }

  abstract int color(float t);

  private static int between(int[] colors, float t) {
    float at = t * (colors.length - 1);
    int i = Math.min((int) at, colors.length - 2);
    return mix(colors[i], colors[i + 1], at - i);
  }

  /** (1 - t)·a + t·b, rounded, for each of the three channels. */
  static int mix(int a, int b, float t) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = a >> shift & 0xff;
      int to = b >> shift & 0xff;
      rgb |= Math.round((1 - t) * from + t * to) << shift;
    }
    return rgb;
  }

  private static int pack(float red, float green, float blue) {
    return channel(red) << 16 | channel(green) << 8 | channel(blue);
  }

  private static int channel(float value) {
    return Math.round(255 * Math.min(Math.max(value, 0), 1));
  }
}
