package dev.lanepool.jmh;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The loop of the read roof, made slower in ways that happen to kernels. */
public class PlantedBenchmark extends CaseBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** {@code one-accumulator}: every addition waits for the last. {@code boxing}: it allocates. */
  @Param({"one-accumulator", "boxing"})
  public String planted;

  private float[][] inputs;
  private FloatVector box;

  @Setup
  public void setUp() throws Exception {
    long bytes = workload().bytes();
    inputs = inputs(bytes, () -> Inputs.gaussian(bytes / Float.BYTES)).toArray(float[][]::new);
    WarmUp.run(this::sum);
    checkWidth();
  }

  @Benchmark
  public float sum() {
    float[] x = inputs[turn()];
    return planted.equals("boxing") ? boxing(x) : oneAccumulator(x);
  }

  private static float oneAccumulator(float[] x) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i <= x.length - SPECIES.length(); i += SPECIES.length()) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, i));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  /** What a field holds is an object. */
  private float boxing(float[] x) {
    box = FloatVector.zero(SPECIES);
    for (int i = 0; i <= x.length - SPECIES.length(); i += SPECIES.length()) {
      box = box.add(FloatVector.fromArray(SPECIES, x, i));
    }
    return box.reduceLanes(VectorOperators.ADD);
  }
}
