package dev.lanepool.jmh;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The bound of maxima of floats: takes the signed and the unsigned maximum of the bits of all
 * values, with four accumulators each. What it takes above the roof is what NaN, -0 and the sign
 * cost on this CPU.
 */
final class BitMaxima {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** The signed maximum, and the unsigned one. */
  static void maxima(float[] x, int[] to) {
    int n = x.length - x.length % (4 * LANES);
    to[0] = Integer.MIN_VALUE;
    to[1] = 0;
    ofVectors(x, n, to);
    for (int i = n; i < x.length; i++) {
      int bits = Float.floatToRawIntBits(x[i]);
      to[0] = Math.max(to[0], bits);
      to[1] = Integer.compareUnsigned(bits, to[1]) > 0 ? bits : to[1];
    }
  }

  private static void ofVectors(float[] x, int n, int[] to) {
    IntVector a = IntVector.broadcast(INTS, to[0]);
    IntVector b = IntVector.broadcast(INTS, to[0]);
    IntVector c = IntVector.broadcast(INTS, to[0]);
    IntVector d = IntVector.broadcast(INTS, to[0]);
    IntVector e = IntVector.broadcast(INTS, to[1]);
    IntVector f = IntVector.broadcast(INTS, to[1]);
    IntVector g = IntVector.broadcast(INTS, to[1]);
    IntVector h = IntVector.broadcast(INTS, to[1]);
    for (int i = 0; i < n; i += 4 * LANES) {
      IntVector p = bits(x, i);
      a = a.lanewise(VectorOperators.MAX, p);
      e = e.lanewise(VectorOperators.UMAX, p);
      IntVector q = bits(x, i + LANES);
      b = b.lanewise(VectorOperators.MAX, q);
      f = f.lanewise(VectorOperators.UMAX, q);
      IntVector r = bits(x, i + 2 * LANES);
      c = c.lanewise(VectorOperators.MAX, r);
      g = g.lanewise(VectorOperators.UMAX, r);
      IntVector t = bits(x, i + 3 * LANES);
      d = d.lanewise(VectorOperators.MAX, t);
      h = h.lanewise(VectorOperators.UMAX, t);
    }
    IntVector signed = a.lanewise(VectorOperators.MAX, b);
    signed = signed.lanewise(VectorOperators.MAX, c.lanewise(VectorOperators.MAX, d));
    to[0] = signed.reduceLanes(VectorOperators.MAX);
    IntVector unsigned = e.lanewise(VectorOperators.UMAX, f);
    unsigned = unsigned.lanewise(VectorOperators.UMAX, g.lanewise(VectorOperators.UMAX, h));
    // With the sign turned, since the JDK's own reduction begins with the bits of -0.
    IntVector turned = unsigned.lanewise(VectorOperators.XOR, Integer.MIN_VALUE);
    to[1] = turned.reduceLanes(VectorOperators.MAX) ^ Integer.MIN_VALUE;
  }

  private static IntVector bits(float[] x, int i) {
    return FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts();
  }
}
