package dev.lanepool.jmh;

import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;

/**
 * The machine that measured.
 *
 * @param cpu the processor's name
 * @param cores its physical cores
 * @param threads its logical cores
 * @param caches its caches, the largest level first
 * @param memoryBytes its main memory
 * @param os name and version of the operating system
 */
public record Machine(
    String cpu, int cores, int threads, List<Cache> caches, long memoryBytes, String os) {
  /**
   * A cache of the processor.
   *
   * @param level 1, 2 or 3
   * @param type what it holds, such as {@code data}
   * @param bytes its size; of one instance
   */
  public record Cache(int level, String type, long bytes) {}

  /**
   * Looks at this machine.
   *
   * @return what it is
   */
  public static Machine here() {
    SystemInfo system = new SystemInfo();
    CentralProcessor processor = system.getHardware().getProcessor();
    List<Cache> caches =
        processor.getProcessorCaches().stream()
            .map(
                cache ->
                    new Cache(cache.getLevel(), cache.getType().toString(), cache.getCacheSize()))
            .toList();
    return new Machine(
        processor.getProcessorIdentifier().getName(),
        processor.getPhysicalProcessorCount(),
        processor.getLogicalProcessorCount(),
        caches,
        system.getHardware().getMemory().getTotal(),
        system.getOperatingSystem().toString());
  }
}
