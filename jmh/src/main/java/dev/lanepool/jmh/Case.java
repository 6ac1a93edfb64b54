package dev.lanepool.jmh;

/**
 * A kernel on one input under one set of circumstances: what its variants have in common.
 *
 * @param kernel the kernel's name, such as {@code MEAN_FLOAT32_NCHW}
 * @param shape the input's, such as {@code 1x2048x7x7}
 * @param mode the circumstances
 * @param bits the vector width; 0 for scalar
 * @param threads how many threads call at once
 */
public record Case(String kernel, String shape, Mode mode, int bits, int threads) {
  /** One line for people. */
  @Override
  public String toString() {
    return kernel
        + " "
        + shape
        + " "
        + mode
        + (bits == 0 ? " scalar" : " " + bits + " bits")
        + (threads == 1 ? "" : " " + threads + " threads");
  }
}
