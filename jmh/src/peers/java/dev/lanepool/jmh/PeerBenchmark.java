package dev.lanepool.jmh;

import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A peer's reduction of the same values, checked against a double reference before it is timed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgsPrepend = {
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow"
    })
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PeerBenchmark {
  @Param("onnxruntime-reduce")
  public String peer;

  @Param("MEAN_FLOAT32_NCHW")
  public String kernel;

  @Param({"1x2048x7x7", "1x1024x14x14", "1x64x112x112"})
  public String shape;

  private Peer.Prepared prepared;

  @Setup
  public void setUp() throws Exception {
    prepared = Peers.prepare(peer, Workloads.get(kernel), shape);
    WarmUp.run(prepared::run);
  }

  @Benchmark
  public void reduce() throws Exception {
    prepared.run();
  }

  @TearDown
  public void tearDown() {
    prepared.close();
  }
}
