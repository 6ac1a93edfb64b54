package dev.lanepool.kernel;

import java.lang.System.Logger.Level;

/** The chosen backend, or why there is none: an error that every use repeats. */
final class BackendChoice {
  private static final String PROPERTY = "lanepool.backend";

  private final KernelSet kernels;
  private final Backend backend;
  private final String error;

  private BackendChoice(KernelSet kernels, Backend backend, String error) {
    this.kernels = kernels;
    this.backend = backend;
    this.error = error;
  }

  KernelSet kernels() {
    check();
    return kernels;
  }

  Backend backend() {
    check();
    return backend;
  }

  private void check() {
    if (error != null) {
      throw new IllegalStateException(error);
    }
  }

  static BackendChoice make(KernelSet scalar) {
    String wanted = System.getProperty(PROPERTY, "auto");
    return switch (wanted) {
      case "scalar" -> scalar(scalar, "forced by -D" + PROPERTY + "=scalar");
      case "vector" -> vector(scalar, true);
      case "auto" -> vector(scalar, false);
      default ->
          new BackendChoice(
              null, null, "-D" + PROPERTY + "=" + wanted + "; auto, scalar or vector was needed");
    };
  }

  private static BackendChoice scalar(KernelSet scalar, String reason) {
    return new BackendChoice(scalar, new Backend("scalar", 0, 1, reason), null);
  }

  private static BackendChoice vector(KernelSet scalar, boolean forced) {
    String obstacle = VectorRequirements.obstacle();
    if (obstacle == null) {
      obstacle = VectorBackend.obstacle(scalar);
    }
    if (obstacle == null) {
      String reason = forced ? "forced by -D" + PROPERTY + "=vector" : "self-check passed";
      int bits = VectorBackend.bits();
      Backend backend = new Backend("vector", bits, bits / Float.SIZE, reason);
      return new BackendChoice(VectorBackend.kernels(), backend, null);
    }
    if (forced) {
      return new BackendChoice(null, null, "-D" + PROPERTY + "=vector can't be had: " + obstacle);
    }
    System.getLogger("dev.lanepool")
        .log(Level.INFO, "lanepool runs on its scalar backend: " + obstacle);
    return scalar(scalar, obstacle);
  }
}
