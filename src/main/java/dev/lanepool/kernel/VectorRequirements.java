package dev.lanepool.kernel;

/** What the JVM must offer before a class that needs the incubator module may load. */
final class VectorRequirements {
  private static final String MODULE = "jdk.incubator.vector";

  private VectorRequirements() {}

  /** Why the SIMD kernels can't be used; null where nothing speaks against them. */
  static String obstacle() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "module " + MODULE + " is not in the JVM; add --add-modules " + MODULE;
    }
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted mode")) {
      return "the JVM only interprets (-Xint); vectors need HotSpot's C2 compiler";
    }
    // A JVMCI build (GraalVM) brings another compiler in C2's place.
    boolean jvmci = System.getProperty("java.vm.version", "").contains("jvmci");
    boolean hotSpot = System.getProperty("sun.management.compiler", "").startsWith("HotSpot");
    if (mode.contains("emulated-client") || jvmci || !hotSpot) {
      return "HotSpot's C2 compiler is not in use; without it vectors are slower than scalars";
    }
    return null;
  }
}
