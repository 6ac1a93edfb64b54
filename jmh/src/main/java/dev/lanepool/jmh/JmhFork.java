package dev.lanepool.jmh;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Runs one fork of JMH, and makes a measurement of what it says. */
final class JmhFork {
  private static final JsonMapper JSON = new JsonMapper();

  private final Timing timing;
  private final Path log;

  /** JMH's own output goes to the log, which holds that of the last fork. */
  JmhFork(Timing timing, Path log) {
    this.timing = timing;
    this.log = log;
  }

  /**
   * Runs a job.
   *
   * @param width that the case's bits stand for
   * @throws UserException if the fork fails
   */
  Measurement run(Job job, Width width) {
    ChainedOptionsBuilder options = new OptionsBuilder();
    choose(job, options);
    return run(job, width, options);
  }

  /** Runs a job with the benchmark that the options have chosen. */
  Measurement run(Job job, Width width, ChainedOptionsBuilder options) {
    options
        .param("kernel", job.of().kernel())
        .param("shape", job.of().shape())
        .threads(job.of().threads())
        .forks(1)
        .jvmArgsAppend(flags(job, width))
        .addProfiler(ForkProfiler.class)
        .shouldFailOnError(true)
        .output(log.toString());
    if (job.of().mode() == Mode.ALLOCATION) {
      options.addProfiler(GCProfiler.class);
    }
    if (!isStartup(job.of().mode())) {
      options
          .warmupIterations(timing.warmups())
          .warmupTime(timing.time())
          .measurementIterations(timing.iterations())
          .measurementTime(timing.time());
    }
    return measurement(job, result(job, options));
  }

  private static void choose(Job job, ChainedOptionsBuilder options) {
    Mode mode = job.of().mode();
    Class<?> own = isStartup(mode) ? StartupBenchmark.class : KernelBenchmark.class;
    switch (job.variant()) {
      case Variant.KERNEL, Variant.AGAIN -> include(own, options).param("backend", "best");
      case Variant.SCALAR -> include(own, options).param("backend", "scalar");
      case Variant.ROOF -> include(RoofBenchmark.class, options);
      default -> options.include(Peers.BENCHMARK).param("peer", job.variant());
    }
    if (mode == Mode.COLD || mode == Mode.POLLUTED) {
      options.param("mode", mode.toString());
    }
  }

  static ChainedOptionsBuilder include(Class<?> benchmark, ChainedOptionsBuilder options) {
    return options.include("^" + benchmark.getName().replace(".", "\\.") + "\\.");
  }

  private static boolean isStartup(Mode mode) {
    return mode == Mode.FIRST_CALL || mode == Mode.STEADY_STATE;
  }

  private static String[] flags(Job job, Width width) {
    List<String> flags = new ArrayList<>(width.flags());
    flags.add("-D" + CaseBenchmark.BITS + "=" + job.of().bits());
    return flags.toArray(String[]::new);
  }

  private RunResult result(Job job, ChainedOptionsBuilder options) {
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      if (results.size() == 1) {
        return results.iterator().next();
      }
      throw failed(job, "JMH ran " + results.size() + " benchmarks; 1 was needed");
    } catch (RunnerException e) {
      throw failed(job, String.valueOf(e.getMessage()));
    }
  }

  private UserException failed(Job job, String reason) {
    return new UserException(
        job.of() + ", " + job.variant() + ": " + reason + "; JMH's output is in " + log);
  }

  private static Measurement measurement(Job job, RunResult result) {
    BenchmarkResult fork = result.getBenchmarkResults().iterator().next();
    List<Double> samples = samples(job, fork);
    List<Double> bytes = secondary(fork, ForkProfiler.BYTES_PER_CALL);
    return new Measurement(
        job.of().kernel(),
        job.of().shape(),
        job.of().mode(),
        job.of().bits(),
        job.variant(),
        backend(job),
        job.of().threads(),
        job.fork(),
        List.copyOf(result.getParams().getJvmArgs()),
        samples,
        median(samples),
        bytes.isEmpty() ? null : median(bytes),
        record(result));
  }

  private static String backend(Job job) {
    return switch (job.variant()) {
      case Variant.KERNEL, Variant.AGAIN -> job.of().bits() == 0 ? "scalar" : "vector";
      case Variant.SCALAR -> "scalar";
      case Variant.ROOF -> "vector";
      default -> job.variant();
    };
  }

  private static List<Double> samples(Job job, BenchmarkResult fork) {
    return job.of().mode() == Mode.STEADY_STATE
        ? secondary(fork, ForkProfiler.STEADY_MICROS)
        : fork.getIterationResults().stream().map(i -> i.getPrimaryResult().getScore()).toList();
  }

  private static List<Double> secondary(BenchmarkResult fork, String name) {
    List<Double> values = new ArrayList<>();
    for (IterationResult iteration : fork.getIterationResults()) {
      for (Result<?> result : iteration.getRawSecondaryResults().get(name)) {
        values.add(result.getScore());
      }
    }
    return values;
  }

  private static double median(List<Double> values) {
    return StatUtils.percentile(values.stream().mapToDouble(v -> v).toArray(), 50);
  }

  /** JMH's own JSON of the fork. */
  private static Map<String, Object> record(RunResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(List.of(result));
    stream.flush();
    List<Map<String, Object>> records =
        JSON.readValue(bytes.toByteArray(), new TypeReference<List<Map<String, Object>>>() {});
    return records.get(0);
  }
}
