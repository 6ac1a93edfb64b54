package dev.lanepool.kernel;

import dev.lanepool.FeatureShape;
import java.util.Random;

/** Kinds of test data, each a trouble of its own for sums or for comparisons. */
enum Values {
  GAUSSIAN {
    @Override
    float next(Random random) {
      return (float) random.nextGaussian();
    }
  },
  /** So small that every sum and product of a test is exact. */
  INTEGERS {
    @Override
    float next(Random random) {
      return random.nextInt(2001) - 1000;
    }
  },
  /** Few different values: many ties. */
  TIES {
    @Override
    float next(Random random) {
      return random.nextInt(3) - 1;
    }
  },
  ZEROS {
    @Override
    float next(Random random) {
      return random.nextBoolean() ? 0.0f : -0.0f;
    }
  },
  SUBNORMAL {
    @Override
    float next(Random random) {
      return random.nextInt(4096) * (random.nextBoolean() ? Float.MIN_VALUE : -Float.MIN_VALUE);
    }
  },
  /** Sums overflow a float, but not a double. */
  HUGE {
    @Override
    float next(Random random) {
      return (random.nextInt(4) == 0 ? -3.4e38f : 3.4e38f) * (0.5f + random.nextFloat() / 2);
    }
  },
  /** Planes that sum to almost nothing, so that what is left tells the order of the additions. */
  CANCELLING {
    @Override
    float next(Random random) {
      return Math.scalb((float) random.nextGaussian(), random.nextInt(60));
    }

    @Override
    void fillPlane(Random random, float[] x, int start, int n) {
      super.fillPlane(random, x, start, n);
      for (int i = 1; i < n; i += 2) {
        x[start + i] = -x[start + i - 1];
      }
      for (int i = n - 1; i > 0; i--) {
        int other = start + random.nextInt(i + 1);
        float value = x[other];
        x[other] = x[start + i];
        x[start + i] = value;
      }
    }
  },
  /** Below every finite start value that a maximum could wrongly begin with. */
  LOWEST {
    @Override
    float next(Random random) {
      return random.nextInt(50) == 0 ? -Float.MAX_VALUE : Float.NEGATIVE_INFINITY;
    }
  },
  INFINITIES {
    @Override
    float next(Random random) {
      return switch (random.nextInt(40)) {
        case 0 -> Float.POSITIVE_INFINITY;
        case 1 -> Float.NEGATIVE_INFINITY;
        default -> (float) random.nextGaussian();
      };
    }
  },
  /** About one NaN in a few planes, of either sign and any payload. */
  RARE_NANS {
    @Override
    float next(Random random) {
      return random.nextInt(100) == 0 ? nan(random) : GAUSSIAN.next(random);
    }
  },
  EVERYTHING {
    @Override
    float next(Random random) {
      return switch (random.nextInt(8)) {
        case 0 -> nan(random);
        case 1 -> ZEROS.next(random);
        case 2 -> SUBNORMAL.next(random);
        case 3 -> HUGE.next(random);
        case 4 -> INFINITIES.next(random);
        case 5 -> Float.intBitsToFloat(random.nextInt());
        default -> GAUSSIAN.next(random);
      };
    }
  };

  abstract float next(Random random);

  void fillPlane(Random random, float[] x, int start, int n) {
    for (int i = start; i < start + n; i++) {
      x[i] = next(random);
    }
  }

  /** Values of so many planes in NCHW. */
  float[] planes(Random random, int planes, int n) {
    float[] x = new float[planes * n];
    for (int plane = 0; plane < planes; plane++) {
      fillPlane(random, x, plane * n, n);
    }
    return x;
  }

  float[] array(Random random, int length) {
    return planes(random, 1, length);
  }

  /** Values of maps in NCHW. */
  float[] maps(Random random, FeatureShape shape) {
    return planes(random, (int) shape.planes(), (int) shape.planeSize());
  }

  /** A NaN of either sign, quiet or signalling, with any payload. */
  static float nan(Random random) {
    int payload = 1 + random.nextInt(0x7fffff);
    return Float.intBitsToFloat((random.nextBoolean() ? 0xff800000 : 0x7f800000) | payload);
  }

  /** What must not be read: it would show in every sum and in every maximum or minimum. */
  static float garbage(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Float.POSITIVE_INFINITY;
      case 1 -> Float.NEGATIVE_INFINITY;
      default -> nan(random);
    };
  }
}
