package dev.lanepool.jmh;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What one fork measured of one variant.
 *
 * @param kernel the kernel's name, such as {@code MEAN_FLOAT32_NCHW}
 * @param shape the input's, such as {@code 1x2048x7x7}
 * @param mode the circumstances
 * @param bits the vector width of the run: 512, 256 or 128; 0 where it ran on the scalar backend
 * @param variant a constant of {@link Variant}, or a peer's name
 * @param backend what computed: {@code vector}, {@code scalar}, or a peer's name
 * @param threads how many threads called at once
 * @param fork the fork's number, from 0; variants with the same number ran next to each other
 * @param vmFlags the flags that the fork's JVM was started with
 * @param samples µs per call of each iteration
 * @param median the samples' median, in µs per call
 * @param bytesPerCall bytes allocated per call; null where that was not measured
 * @param jmh JMH's own record of the fork, as in its JSON; null where it was left out
 */
public record Measurement(
    String kernel,
    String shape,
    Mode mode,
    int bits,
    String variant,
    String backend,
    int threads,
    int fork,
    List<String> vmFlags,
    List<Double> samples,
    double median,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double bytesPerCall,
    @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> jmh) {
  /**
   * What the variants of a kernel have in common.
   *
   * @return the case that this belongs to
   */
  public Case of() {
    return new Case(kernel, shape, mode, bits, threads);
  }

  /** What is missing or can't be, as one line; null where all is well. */
  String problem() {
    if (kernel == null || shape == null || mode == null || variant == null || backend == null) {
      return "kernel, shape, mode, variant or backend is missing";
    }
    if (vmFlags == null || samples == null || samples.isEmpty() || samples.contains(null)) {
      return "vmFlags or samples is missing";
    }
    if (!(median > 0) || Double.isInfinite(median)) {
      return "median is " + median + "; a time above 0 was needed";
    }
    return null;
  }
}
