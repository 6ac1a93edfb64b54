package dev.lanepool.jmh;

/**
 * The JDK that measured.
 *
 * @param version such as {@code 25.0.3+9-LTS}
 * @param vendor who built it
 * @param vm the virtual machine's name
 */
public record Jdk(String version, String vendor, String vm) {
  /**
   * Looks at this JVM, which is the one that forks are started with.
   *
   * @return what it is
   */
  public static Jdk here() {
    return new Jdk(
        System.getProperty("java.vm.version"),
        System.getProperty("java.vendor"),
        System.getProperty("java.vm.name"));
  }
}
