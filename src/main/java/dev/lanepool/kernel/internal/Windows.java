package dev.lanepool.kernel.internal;

/** The windows of adaptive pooling along one axis. */
public final class Windows {
  private Windows() {}

  /** Where window o begins: floor(o·in / out). */
  public static int start(int o, int in, int out) {
    return (int) ((long) o * in / out);
  }

  /** Where window o ends, exclusive: ceil((o + 1)·in / out). */
  public static int end(int o, int in, int out) {
    return (int) (((o + 1L) * in + out - 1) / out);
  }
}
