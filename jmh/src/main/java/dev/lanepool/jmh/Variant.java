package dev.lanepool.jmh;

/** The names of what is measured on a kernel's input; every other name is a peer's. */
public final class Variant {
  /** The kernel on the backend of the run. */
  public static final String KERNEL = "kernel";

  /** The kernel once more: what differs between the two is noise. */
  public static final String AGAIN = "again";

  /** The same kernel of the scalar backend. */
  public static final String SCALAR = "scalar";

  /** A loop that only reads the same values. */
  public static final String ROOF = "roof";

  private Variant() {}
}
