package dev.lanepool.jmh;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The bound of means and sums of floats: reads all values, makes doubles of them and adds them up,
 * with eight accumulators, whatever the order of the contract. What it takes above the roof is what
 * exactness costs on this CPU.
 */
final class WidenedSum {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();
  private static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.withShape(VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  /** The sums, in as many lanes as a vector has. */
  static void sum(float[] x, double[] sums) {
    int n = x.length - x.length % (8 * LANES);
    add(x, n, sums);
    for (int i = n; i < x.length; i++) {
      sums[i % LANES] += x[i];
    }
  }

  private static void add(float[] x, int n, double[] sums) {
    DoubleVector a = DoubleVector.zero(DOUBLES);
    DoubleVector b = DoubleVector.zero(DOUBLES);
    DoubleVector c = DoubleVector.zero(DOUBLES);
    DoubleVector d = DoubleVector.zero(DOUBLES);
    DoubleVector e = DoubleVector.zero(DOUBLES);
    DoubleVector f = DoubleVector.zero(DOUBLES);
    DoubleVector g = DoubleVector.zero(DOUBLES);
    DoubleVector h = DoubleVector.zero(DOUBLES);
    for (int i = 0; i < n; i += 8 * LANES) {
      a = a.add(widen(x, i));
      b = b.add(widen(x, i + LANES));
      c = c.add(widen(x, i + 2 * LANES));
      d = d.add(widen(x, i + 3 * LANES));
      e = e.add(widen(x, i + 4 * LANES));
      f = f.add(widen(x, i + 5 * LANES));
      g = g.add(widen(x, i + 6 * LANES));
      h = h.add(widen(x, i + 7 * LANES));
    }
    a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).intoArray(sums, 0);
  }

  private static DoubleVector widen(float[] x, int i) {
    FloatVector values = FloatVector.fromArray(FLOATS, x, i);
    return (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 0);
  }
}
