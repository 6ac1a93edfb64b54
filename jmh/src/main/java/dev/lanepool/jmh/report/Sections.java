package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Mode;
import java.util.List;

/** The parts of a report, each with the sentence that says how to read it. */
final class Sections {
  private Sections() {}

  /** Those for which something was measured. */
  static List<Section> of(Run run) {
    RatioFigures hot = new RatioFigures(run, Mode.HOT);
    RatioFigures cold = new RatioFigures(run, Mode.COLD);
    ModeFigures modes = new ModeFigures(run);
    return List.of(
            new Section(
                "overview",
                "At a glance",
                "Time over the read roof's, a loop that only reads the same values (for gradients, one"
                    + " that only fills them): 1 would be as fast. Hot: the same input at every"
                    + " call.",
                hot.overview()),
            new Section(
                "hot",
                "Kernels against roof, scalar and peers",
                "First the time over the read roof's, then the time over lanepool's, where 3 is"
                    + " three times slower. Median of the forks; intervals are 95 % bootstrap.",
                hot.byKernel()),
            new Section(
                "roofline",
                "Roofline over the size of the input",
                "Bytes read per second, from the first-level cache to main memory; the dashed line"
                    + " is the read roof.",
                new RooflineFigures(run).all()),
            new Section(
                "widths",
                "Vector widths",
                "The same kernel with narrower vectors, over the time with the widest.",
                modes.widths()),
            new Section(
                "cold",
                "Cold: every call reads from memory",
                "The inputs rotate over at least 256 MB.",
                cold.byKernel()),
            new Section(
                "polluted",
                "Polluted profile",
                "After every kernel of every type, layout and storage has run in the same JVM.",
                modes.polluted()),
            new Section(
                "first-call",
                "First call",
                "The first call in a fresh JVM, the choice of a backend included.",
                modes.startup(Mode.FIRST_CALL)),
            new Section(
                "steady-state",
                "Time to steady state",
                "From the first call until calls take no longer than later ones.",
                modes.startup(Mode.STEADY_STATE)),
            new Section(
                "threads",
                "Scaling over threads",
                "Calls of all threads per second over one thread's; each thread has its own input.",
                modes.threads()),
            new Section(
                "allocation",
                "Allocation",
                "Bytes allocated per call, the most of all forks. 0 is what a kernel promises.",
                modes.allocation()))
        .stream()
        .filter(section -> section.figures().stream().anyMatch(Figure::hasContent))
        .toList();
  }
}
