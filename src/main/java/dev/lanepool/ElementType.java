package dev.lanepool;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The type of a feature map's values, in the machine's own byte order. Every value is exact as a
 * double.
 */
public enum ElementType {
  /** IEEE 754 binary32, a Java {@code float}. */
  FLOAT32(4) {
    @Override
    public double read(MemorySegment segment, long at) {
      return segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
    }

    @Override
    public void write(MemorySegment segment, long at, double value) {
      segment.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) value);
    }
  },

  /** IEEE 754 binary64, a Java {@code double}. */
  FLOAT64(8) {
    @Override
    public double read(MemorySegment segment, long at) {
      return segment.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
    }

    @Override
    public void write(MemorySegment segment, long at, double value) {
      segment.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, value);
    }
  },

  /** IEEE 754 binary16, as the bits of a Java {@code short}. */
  FLOAT16(2) {
    @Override
    public double read(MemorySegment segment, long at) {
      return Float.float16ToFloat(segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, at));
    }

    @Override
    public void write(MemorySegment segment, long at, double value) {
      short bits = Float.floatToFloat16(roundToOdd(value));
      segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, bits);
    }
  },

  /** The upper half of a binary32, as the bits of a Java {@code short}. */
  BFLOAT16(2) {
    @Override
    public double read(MemorySegment segment, long at) {
      return Float.intBitsToFloat(segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, at) << 16);
    }

    @Override
    public void write(MemorySegment segment, long at, double value) {
      int bits = Float.floatToIntBits(roundToOdd(value));
      int half = (bits + 0x7fff + (bits >>> 16 & 1)) >>> 16;
      segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) (value != value ? 0x7fc0 : half));
    }
  },

  /** Signed bytes, -128 to 127. */
  INT8(1) {
    @Override
    public double read(MemorySegment segment, long at) {
      return segment.get(ValueLayout.JAVA_BYTE, at);
    }

    @Override
    public void write(MemorySegment segment, long at, double value) {
      byte bits = (byte) Math.clamp(Math.rint(value), Byte.MIN_VALUE, Byte.MAX_VALUE);
      segment.set(ValueLayout.JAVA_BYTE, at, bits);
    }
  },

  /** Unsigned bytes, 0 to 255. */
  UINT8(1) {
    @Override
    public double read(MemorySegment segment, long at) {
      return segment.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    @Override
    public void write(MemorySegment segment, long at, double value) {
      byte bits = (byte) (int) Math.clamp(Math.rint(value), 0, 255);
      segment.set(ValueLayout.JAVA_BYTE, at, bits);
    }
  };

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The size of a value.
   *
   * @return bytes: 1, 2, 4 or 8
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Reads one value.
   *
   * @param segment where from
   * @param at offset of the value, in bytes
   * @return the value, exactly
   * @throws IndexOutOfBoundsException if it is not within the segment
   */
  public abstract double read(MemorySegment segment, long at);

  /**
   * Writes one value, rounded once: to the nearest, ties to even. Beyond the type's range a float
   * becomes infinite and an integer the closest one; NaN becomes the integer 0.
   *
   * @param segment where to
   * @param at offset of the value, in bytes
   * @param value what to write
   * @throws IndexOutOfBoundsException if the place is not within the segment
   */
  public abstract void write(MemorySegment segment, long at, double value);

  /**
   * The float whose rounding to fewer bits is that of the double: towards zero, and odd where
   * something was lost. To the nearest would round twice.
   */
  private static float roundToOdd(double value) {
    float nearest = (float) value;
    if (nearest == value || nearest != nearest) {
      return nearest;
    }
    int bits = Float.floatToRawIntBits(nearest);
    int towardsZero = Math.abs(nearest) > Math.abs(value) ? bits - 1 : bits;
    return Float.intBitsToFloat(towardsZero | 1);
  }
}
