package dev.lanepool.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Hands on what the fork itself knows, among JMH's secondary results: width, bytes, steady state.
 */
public final class ForkProfiler implements InternalProfiler {
  static final String BITS = "fork.bits";
  static final String BYTES_PER_CALL = "fork.bytesPerCall";
  static final String STEADY_MICROS = "fork.steadyMicros";

  @Override
  public String getDescription() {
    return "Vector width, bytes allocated per call by the calling thread, time to steady state";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    ForkReport.allocatedBytes.reset();
    ForkReport.calls.reset();
  }

  @Override
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    List<Result> results = new ArrayList<>();
    results.add(result(BITS, ForkReport.bits, "bits"));
    long calls = ForkReport.calls.sum();
    if (calls > 0) {
      double bytes = (double) ForkReport.allocatedBytes.sum() / calls;
      results.add(result(BYTES_PER_CALL, bytes, "B/op"));
    }
    if (ForkReport.steadyMicros > 0) {
      results.add(result(STEADY_MICROS, ForkReport.steadyMicros, "us"));
    }
    return results;
  }

  private static Result result(String name, double value, String unit) {
    return new ScalarResult(name, value, unit, AggregationPolicy.MAX);
  }
}
