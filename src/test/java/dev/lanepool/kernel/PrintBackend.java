package dev.lanepool.kernel;

/** What {@link BackendChoiceTest} starts: says which backend was chosen, or why there is none. */
final class PrintBackend {
  private PrintBackend() {}

  public static void main(String[] args) {
    // Twice: the choice is made, and told, only once, and its error repeats.
    System.out.println(line());
    System.out.println(line());
  }

  private static String line() {
    try {
      String kernels = Kernels.best().getClass().getSimpleName();
      return Kernels.backend() + " " + kernels;
    } catch (IllegalStateException e) {
      return "error: " + e.getMessage();
    }
  }
}
