package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INTS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static jdk.incubator.vector.VectorOperators.B2I;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Reads values of any storage as floats, and of any type whose values floats hold exactly. */
final class FloatReader {
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOAT_LANES * Short.SIZE));

  /** The shortest vectors have 64 bits, so where there are four floats there are none of bytes. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(8, FLOAT_LANES) * Byte.SIZE));

  private FloatReader() {}

  /**
   * Reads values that lie stride apart from a place on, in order, to to[at..]. What is up to {@link
   * Stages#SLACK} behind may be overwritten.
   */
  static void read(FeatureMap x, long from, long stride, int count, float[] to, int at, Stages s) {
    if (stride != 1) {
      long step = stride * x.type().bytes();
      long first = from * x.type().bytes();
      for (int i = 0; i < count; i++) {
        to[at + i] = (float) x.type().read(x.segment(), first + i * step);
      }
    } else if (x.type() == ElementType.FLOAT32) {
      MemorySegment.copy(x.segment(), JAVA_FLOAT_UNALIGNED, from * Float.BYTES, to, at, count);
    } else if (x.type().bytes() == 1) {
      bytes(x, from, count, to, at, s);
    } else {
      shorts(x, from, count, to, at, s);
    }
  }

  private static void shorts(FeatureMap x, long from, int count, float[] to, int at, Stages s) {
    if (x.base() instanceof short[]) {
      int start = (int) (x.segment().address() / Short.BYTES + from);
      shorts(x.type(), (short[]) x.base(), start, count, to, at);
      return;
    }
    for (int done = 0; done < count; done += Stages.CHUNK) {
      int length = Math.min(Stages.CHUNK, count - done);
      long place = Short.BYTES * (from + done);
      MemorySegment.copy(x.segment(), JAVA_SHORT_UNALIGNED, place, s.shorts, 0, length);
      shorts(x.type(), s.shorts, 0, length, to, at + done);
    }
  }

  private static void shorts(
      ElementType type, short[] from, int start, int count, float[] to, int at) {
    if (type == ElementType.FLOAT16) {
      float16(from, start, count, to, at);
    } else {
      bfloat16(from, start, count, to, at);
    }
  }

  private static void bytes(FeatureMap x, long from, int count, float[] to, int at, Stages s) {
    boolean signed = x.type() == ElementType.INT8;
    for (int done = 0; done < count; done += Stages.CHUNK) {
      int length = Math.min(Stages.CHUNK, count - done);
      MemorySegment.copy(x.segment(), JAVA_BYTE, from + done, s.bytes, 0, length);
      if (signed) {
        bytes(s.bytes, B2I, -1, length, to, at + done);
      } else {
        bytes(s.bytes, ZERO_EXTEND_B2I, 0xff, length, to, at + done);
      }
    }
  }

  /** C2 makes vectors of this by itself. */
  private static void float16(short[] from, int start, int count, float[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = Float.float16ToFloat(from[start + i]);
    }
  }

  /** At the end of the array there may be no whole vector. */
  private static void bfloat16(short[] from, int start, int count, float[] to, int at) {
    int i = 0;
    for (; i < count && start + i <= from.length - FLOAT_LANES; i += FLOAT_LANES) {
      IntVector bits =
          (IntVector) ShortVector.fromArray(SHORTS, from, start + i).convertShape(S2I, INTS, 0);
      bits.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(to, at + i);
    }
    for (; i < count; i++) {
      to[at + i] = Float.intBitsToFloat(from[start + i] << 16);
    }
  }

  /** The mask is what of an int the value is, where there are no vectors. */
  private static void bytes(
      byte[] from, Conversion<Byte, Integer> extension, int mask, int count, float[] to, int at) {
    if (FLOAT_LANES < BYTES.length()) {
      for (int i = 0; i < count; i++) {
        to[at + i] = from[i] & mask;
      }
      return;
    }
    for (int i = 0; i < count; i += FLOAT_LANES) {
      ByteVector.fromArray(BYTES, from, i)
          .convertShape(extension, INTS, 0)
          .convertShape(I2F, FLOATS, 0)
          .reinterpretAsFloats()
          .intoArray(to, at + i);
    }
  }
}
