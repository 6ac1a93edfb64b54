package dev.lanepool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.kernel.Kernels;
import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Asserts that calls allocate nothing once warm. Until C2 has compiled them, the interpreter and C1
 * make an object of every vector, and when it takes over can't be told; so all calls of a group are
 * repeated until a whole round of them allocates nothing, which must be within a generous time.
 *
 * <p>How C2 compiles differs from JVM to JVM, with what ran in it before, and with the moment. So
 * where calls allocate in one JVM, fresh ones with the same options decide, two at the most: what
 * always boxes does so in all of them.
 */
public final class Allocation {
  /** CPU time of the testing thread: tens of times what C2 takes on an idle machine. */
  private static final long LIMIT_NANOS = 30_000_000_000L;

  private static final int FRESH_JVMS = 2;
  private static final String DONE = "done at bits: ";

  // com.sun.management.ThreadMXBean, by handle: the module that the tests patch doesn't read it.
  private static final MethodHandle BYTES = ofThreads("getCurrentThreadAllocatedBytes");
  private static final MethodHandle CPU_TIME = ofThreads("getCurrentThreadCpuTime");

  private Allocation() {}

  /**
   * A call, how often a batch repeats it, and what its result is checked with, once warm; the fresh
   * JVMs, which have no JUnit on their class path, don't check.
   */
  public record Case(String name, int calls, Runnable call, Runnable check) {
    public Case(String name, int calls, Runnable call) {
      this(name, calls, call, () -> {});
    }

    /**
     * Bytes that this thread allocates in a batch, after a first call: some of what a thread keeps
     * is made anew for another shape.
     */
    public long allocated() throws Throwable {
      call.run();
      long before = bytes();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      return bytes() - before;
    }
  }

  /**
   * Asserts that no call of a group allocates once warm.
   *
   * @param test a class with a static method that makes the group's cases
   * @param group the method's name
   */
  public static void assertNone(Class<?> test, String group) throws Throwable {
    List<Case> cases = cases(test, group, ".*");
    assertNotInEveryJvm(allocating(cases), "-XX:+UseTypeProfile", test, group, ".*");
    cases.forEach(one -> one.check().run());
  }

  /**
   * Asserts the same of some cases in fresh JVMs alone.
   *
   * @param option an option for those JVMs
   * @param names a pattern, the names of the cases
   */
  public static void assertNoneInFreshJvm(String option, Class<?> test, String group, String names)
      throws Exception {
    List<String> allocating = inFreshJvm(option, test, group, names);
    assertNotInEveryJvm(allocating, option, test, group, names);
  }

  private static void assertNotInEveryJvm(
      List<String> allocating, String option, Class<?> test, String group, String names)
      throws Exception {
    List<String> always = new ArrayList<>(allocating);
    for (int jvm = 0; jvm < FRESH_JVMS && !always.isEmpty(); jvm++) {
      System.out.println("allocates in one JVM, a fresh one decides: " + always);
      List<String> again =
          inFreshJvm(option, test, group, names).stream().map(Allocation::caseName).toList();
      always.removeIf(line -> !again.contains(caseName(line)));
    }
    assertEquals(List.of(), always);
  }

  private static String caseName(String line) {
    return line.substring(0, line.lastIndexOf(": "));
  }

  /**
   * What a fresh JVM runs: prints which cases allocate, line by line, then a line that it is done.
   *
   * @param args the class, the group, and a pattern of names
   */
  public static void main(String[] args) throws Throwable {
    allocating(cases(Class.forName(args[0]), args[1], args[2])).forEach(System.out::println);
    System.out.println(DONE + Kernels.backend().bits());
  }

  private static List<String> inFreshJvm(String option, Class<?> test, String group, String names)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        switch (System.getProperty("lanepool.test.bits")) {
          case "256" -> List.of("--add-modules", "jdk.incubator.vector", "-XX:UseAVX=2");
          case "128" -> List.of("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=16");
          case "max" -> List.of("--add-modules", "jdk.incubator.vector");
          default -> List.of();
        });
    command.add(option);
    command.addAll(List.of("-cp", classPath(), Allocation.class.getName()));
    command.addAll(List.of(test.getName(), group, names));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = new ArrayList<>(process.inputReader().lines().toList());
    assertEquals(0, process.waitFor(), () -> "the fresh JVM failed: " + lines);
    assertEquals(DONE + Kernels.backend().bits(), lines.remove(lines.size() - 1));
    return lines;
  }

  private static String classPath() throws URISyntaxException {
    URI main = Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    String name = Allocation.class.getName().replace('.', '/') + ".class";
    Path self = Path.of(Allocation.class.getResource("/" + name).toURI());
    Path tests = self.resolve("../".repeat(Path.of(name).getNameCount())).normalize();
    return Path.of(main) + File.pathSeparator + tests;
  }

  @SuppressWarnings("unchecked")
  private static List<Case> cases(Class<?> test, String group, String names)
      throws ReflectiveOperationException {
    Method method = test.getDeclaredMethod(group);
    method.setAccessible(true);
    List<Case> cases = new ArrayList<>((List<Case>) method.invoke(null));
    cases.removeIf(one -> !one.name().matches(names));
    if (cases.isEmpty()) { // JUnit is not there in a fresh JVM
      throw new IllegalArgumentException("no case of " + group + " is called " + names);
    }
    return cases;
  }

  /** The cases that allocate even in the last round, with how much. */
  private static List<String> allocating(List<Case> cases) throws Throwable {
    List<String> allocating = new ArrayList<>();
    long start = cpuNanos();
    do {
      allocating.clear();
      for (Case one : cases) {
        long bytes = one.allocated();
        if (bytes != 0) {
          allocating.add(one.name + ": " + (double) bytes / one.calls + " bytes per call");
        }
      }
    } while (!allocating.isEmpty() && cpuNanos() - start < LIMIT_NANOS);
    return allocating;
  }

  /** Bytes that this thread has allocated so far. */
  private static long bytes() throws Throwable {
    return (long) BYTES.invokeExact();
  }

  /**
   * CPU time of this thread. Waiting for C2 is measured in it: on a busy machine, where the
   * compiler gets little time, the waiting thread gets as little.
   */
  private static long cpuNanos() throws Throwable {
    return (long) CPU_TIME.invokeExact();
  }

  private static MethodHandle ofThreads(String method) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      Object bean = factory.getMethod("getThreadMXBean").invoke(null);
      Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
      return lookup.findVirtual(type, method, MethodType.methodType(long.class)).bindTo(bean);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("this JVM doesn't count what a thread uses", e);
    }
  }
}
