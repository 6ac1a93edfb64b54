package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Jdk;
import dev.lanepool.jmh.Machine;
import dev.lanepool.jmh.Measurement;
import dev.lanepool.jmh.Mode;
import dev.lanepool.jmh.Results;
import dev.lanepool.jmh.Variant;
import java.util.ArrayList;
import java.util.List;

/** Results that nobody measured, with everything that a report can show. */
final class Sample {
  static final Machine MACHINE =
      new Machine(
          "a <b>CPU</b>",
          2,
          4,
          List.of(
              new Machine.Cache(1, "INSTRUCTION", 32 << 10),
              new Machine.Cache(1, "DATA", 32 << 10),
              new Machine.Cache(2, "UNIFIED", 1 << 20),
              new Machine.Cache(3, "UNIFIED", 32 << 20)),
          24L << 30,
          "an OS");

  static final List<String> PEERS = List.of("onnxruntime-reduce", "onednn-pool", "pytorch");

  private static final int FORKS = 3;

  private final List<Measurement> measurements = new ArrayList<>();

  private Sample() {}

  static Results results(List<Measurement> measurements) {
    return new Results(
        Results.FORMAT,
        "2026-01-02T03:04:05Z",
        List.of("bench", "--peers"),
        MACHINE,
        new Jdk("25.0.3+9", "a vendor", "a VM"),
        measurements);
  }

  static Results everything() {
    Sample sample = new Sample();
    for (String kernel : List.of("MEAN_FLOAT32_NCHW", "MEAN_FLOAT32_NHWC", "MAX_FLOAT32_NCHW")) {
      for (String shape : List.of("1x2048x7x7", "1x1024x14x14", "1x64x112x112")) {
        sample.compared(kernel, shape, Mode.HOT, 256, PEERS);
        sample.compared(kernel, shape, Mode.HOT, 128, List.of());
        sample.compared(kernel, shape, Mode.COLD, 256, List.of());
        sample.compared(kernel, shape, Mode.POLLUTED, 256, List.of());
        sample.add(kernel, shape, Mode.FIRST_CALL, 256, Variant.KERNEL, 1, 150_000);
        sample.add(kernel, shape, Mode.FIRST_CALL, 256, Variant.SCALAR, 1, 900);
        sample.add(kernel, shape, Mode.STEADY_STATE, 256, Variant.KERNEL, 1, 800_000);
        sample.add(kernel, shape, Mode.THREADS, 256, Variant.KERNEL, 1, 10);
        sample.add(kernel, shape, Mode.THREADS, 256, Variant.KERNEL, 2, 10.5);
      }
    }
    for (int c = 83; c <= 1_369_568; c *= 2) {
      sample.compared("MEAN_FLOAT32_NCHW", "1x" + c + "x7x7", Mode.SWEEP, 256, List.of("pytorch"));
    }
    return results(sample.measurements);
  }

  private void compared(String kernel, String shape, Mode mode, int bits, List<String> peers) {
    double roof = elements(shape) * (elements(shape) > 8_000_000 ? 2e-4 : 3e-5) * 256 / bits;
    add(kernel, shape, mode, bits, Variant.ROOF, 1, roof);
    add(kernel, shape, mode, bits, Variant.KERNEL, 1, 1.6 * roof);
    add(kernel, shape, mode, bits, Variant.SCALAR, 1, 11 * roof);
    for (int i = 0; i < peers.size(); i++) {
      add(kernel, shape, mode, bits, peers.get(i), 1, (3 + 2 * i) * roof + 2 * i);
    }
    add(kernel, shape, mode, bits, Variant.AGAIN, 1, 1.61 * roof);
  }

  private static double elements(String shape) {
    double product = 1;
    for (String extent : shape.split("x")) {
      product *= Integer.parseInt(extent);
    }
    return product;
  }

  private void add(
      String kernel, String shape, Mode mode, int bits, String variant, int threads, double time) {
    for (int fork = 0; fork < FORKS; fork++) {
      double micros = time * (1 + 0.01 * fork);
      measurements.add(
          new Measurement(
              kernel,
              shape,
              mode,
              bits,
              variant,
              bits == 0 ? "scalar" : "vector",
              threads,
              fork,
              List.of("-XX:UseAVX=2"),
              List.of(micros),
              micros,
              variant.equals(Variant.KERNEL) ? 0.0 : null,
              null));
    }
  }
}
