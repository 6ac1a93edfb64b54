package dev.lanepool.jmh;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The read roof: a loop that only reads all values, with eight accumulators. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgsPrepend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class RoofBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Param({"1x2048x7x7", "1x1024x14x14", "1x64x112x112"})
  public String shape;

  private float[] x;

  @Setup
  public void setUp() {
    x = Inputs.gaussian(Shapes.parse(shape).elements());
  }

  @Benchmark
  public float read() {
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
      a = a.add(at(i));
      b = b.add(at(i + LANES));
      c = c.add(at(i + 2 * LANES));
      d = d.add(at(i + 3 * LANES));
      e = e.add(at(i + 4 * LANES));
      f = f.add(at(i + 5 * LANES));
      g = g.add(at(i + 6 * LANES));
      h = h.add(at(i + 7 * LANES));
    }
    for (; i <= x.length - LANES; i += LANES) {
      a = a.add(at(i));
    }
    FloatVector sum = a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h)));
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private FloatVector at(int i) {
    return FloatVector.fromArray(SPECIES, x, i);
  }
}
