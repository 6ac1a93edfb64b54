package dev.lanepool.kernel;

/**
 * Which kernels are in use.
 *
 * @param name {@code vector} or {@code scalar}
 * @param bits the width of a vector: 128, 256 or 512; 0 for scalar
 * @param lanes how many float32 values a vector holds; 1 for scalar
 * @param reason why this backend was chosen
 */
public record Backend(String name, int bits, int lanes, String reason) {
  /** One line for people, such as {@code vector, 512 bits, 16 lanes (...)}. */
  @Override
  public String toString() {
    return bits == 0
        ? name + " (" + reason + ")"
        : name + ", " + bits + " bits, " + lanes + " lanes (" + reason + ")";
  }
}
