package dev.lanepool.jmh;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What no kernel can be faster than: a loop that only reads as many bytes as the kernel has to,
 * with eight accumulators, or for kernels that write more than they read one that only fills as
 * many.
 */
public class RoofBenchmark extends CaseBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private float[][] inputs;
  private boolean fills;

  /** Whatever the kernel's element type: a load costs the same for all of them. */
  @Setup
  public void setUp() throws Exception {
    Workload workload = workload();
    long bytes = workload.bytes();
    fills = workload.roof() == Workload.Roof.FILL;
    inputs =
        inputs(bytes, () -> Inputs.gaussian(Math.ceilDiv(bytes, Float.BYTES)))
            .toArray(float[][]::new);
    WarmUp.run(() -> read(inputs[0]));
    checkWidth();
  }

  @Benchmark
  public void roof(Blackhole hole) {
    float[] x = inputs[turn()];
    if (fills) {
      Arrays.fill(x, 1);
      hole.consume(x);
    } else {
      hole.consume(read(x));
    }
  }

  private static float read(float[] x) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    int i = 0;
    for (; i <= x.length - 8 * LANES; i += 8 * LANES) {
      a = a.add(at(x, i));
      b = b.add(at(x, i + LANES));
      c = c.add(at(x, i + 2 * LANES));
      d = d.add(at(x, i + 3 * LANES));
      e = e.add(at(x, i + 4 * LANES));
      f = f.add(at(x, i + 5 * LANES));
      g = g.add(at(x, i + 6 * LANES));
      h = h.add(at(x, i + 7 * LANES));
    }
    for (; i <= x.length - LANES; i += LANES) {
      a = a.add(at(x, i));
    }
    FloatVector sum = a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h)));
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector at(float[] x, int i) {
    return FloatVector.fromArray(SPECIES, x, i);
  }
}
