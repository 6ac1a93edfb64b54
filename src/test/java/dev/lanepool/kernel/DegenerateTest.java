package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Degenerate input to every kernel of the list: the exception names the argument, its value and the
 * need, and nothing was written. Empty batches, empty planes and sizes past 2^31 are in {@link
 * ComplaintsTest}, the methods for float arrays in {@link ArgumentsTest}.
 */
class DegenerateTest {
  /** 24 values, 6 planes. */
  private static final FeatureShape SHAPE = new FeatureShape(2, 3, 2, 2);

  private static final List<KernelSpec> SPECS =
      KernelSpec.all().stream().filter(spec -> spec.operation().reduction() != null).toList();

  private final float[] x = filled(24);
  private final float[] y = filled(6);
  private final int[] index = {7, 7, 7, 7, 7, 7};

  private static float[] filled(int length) {
    float[] array = new float[length];
    Arrays.fill(array, 7);
    return array;
  }

  private interface Call {
    void run(KernelSet kernels, KernelSpec spec, FeatureMap map);
  }

  /** A message that begins with these words, from every kernel that the call is for. */
  private void fails(boolean onlyIndexed, String message, Call call) {
    for (KernelSpec spec : SPECS) {
      FeatureMap map = spec.input(x, 0, SHAPE);
      for (KernelSet kernels : Maps.backends()) {
        if (!onlyIndexed || spec.operation().indexed()) {
          fails(spec, message, () -> call.run(kernels, spec, map));
        }
      }
    }
  }

  private void fails(KernelSpec spec, String message, Executable call) {
    Exception e = assertThrows(RuntimeException.class, call, spec::toString);
    assertTrue(e.getMessage().startsWith(message), () -> spec + ": " + e.getMessage());
    assertArrayEquals(filled(24), x, "x was written");
    assertArrayEquals(filled(6), y, "y was written");
    assertArrayEquals(new int[] {7, 7, 7, 7, 7, 7}, index, "index was written");
  }

  @Test
  void results() {
    fails(false, "y is null", (k, spec, map) -> spec.run(k, map, null, 0, index, 0));
    fails(false, "yOffset is -1", (k, spec, map) -> spec.run(k, map, y, -1, index, 0));
    String one = "y has 6 elements; from yOffset = 1 on, 6 were needed";
    fails(false, one, (k, spec, map) -> spec.run(k, map, y, 1, index, 0));
    fails(false, "y has 5 elements", (k, spec, map) -> spec.run(k, map, new float[5], 0, index, 0));
    int most = Integer.MAX_VALUE;
    fails(false, "y has 6 elements", (k, spec, map) -> spec.run(k, map, y, most, index, 0));
  }

  @Test
  void indices() {
    fails(true, "index is null", (k, spec, map) -> spec.run(k, map, y, 0, null, 0));
    fails(true, "indexOffset is -1", (k, spec, map) -> spec.run(k, map, y, 0, index, -1));
    String one = "index has 6 elements; from indexOffset = 1 on, 6 were needed";
    fails(true, one, (k, spec, map) -> spec.run(k, map, y, 0, index, 1));
  }

  @Test
  void maps() {
    for (KernelSpec spec : SPECS) {
      Reduction r = spec.operation().reduction();
      FeatureMap map = spec.input(x, 0, SHAPE);
      FeatureMap few = FeatureMap.allocate(spec.layout(), new FeatureShape(2, 2, 1, 1));
      for (KernelSet k : Maps.backends()) {
        fails(spec, "x is null", () -> k.reduce(r, null, y, 0));
        fails(spec, "r is null", () -> k.reduce(null, map, y, 0));
        fails(spec, "y has the shape [2, 2, 1, 1]", () -> k.reduce(r, map, few));
        if (map.hasArray()) {
          fails(spec, "y overlaps x", () -> spec.run(k, map, x, 18, index, 0));
        }
      }
    }
  }

  /** Memory that was closed, and memory of another thread, is neither read nor a crash. */
  @Test
  void memoryThatCanNotBeRead() throws InterruptedException {
    for (KernelSpec spec : SPECS) {
      long bytes = SHAPE.elements() * spec.type().bytes();
      Arena arena = Arena.ofConfined();
      MemorySegment segment = arena.allocate(bytes, Long.BYTES);
      FeatureMap map = FeatureMap.of(segment, spec.type(), spec.layout(), SHAPE);
      Class<?>[] thrown = new Class<?>[1];
      Thread other =
          new Thread(
              () -> {
                try {
                  Kernels.best().reduce(spec.operation().reduction(), map, y, 0);
                } catch (RuntimeException e) {
                  thrown[0] = e.getClass();
                }
              });
      other.start();
      other.join();
      assertEquals(WrongThreadException.class, thrown[0], spec::toString);
      arena.close();
      for (KernelSet k : Maps.backends()) {
        Executable call = () -> k.reduce(spec.operation().reduction(), map, y, 0);
        assertThrows(IllegalStateException.class, call, spec::toString);
      }
    }
    assertArrayEquals(filled(6), y, "y was written");
  }
}
