package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** When work is handed on, and how a call ends. */
@Timeout(60)
class ParallelKernelsTest {
  private static final FeatureShape SHAPE = new FeatureShape(2, 50, 7, 8);
  private static final int WORTH = 1000;
  private static final int PLANES = 100;
  private static final FeatureMap X = map(SHAPE);

  private static FeatureMap map(FeatureShape shape) {
    return FeatureMap.of(Values.GAUSSIAN.maps(new Random(7), shape), Layout.NCHW, shape);
  }

  private static void assertMeans(float[] y) {
    float[] expected = new float[PLANES];
    Kernels.best().reduce(Reduction.MEAN, X, expected, 0);
    assertArrayEquals(expected, y);
  }

  @Test
  void othersAreAskedWhereThereIsWorkForThem() {
    assertEquals(0, asked(Layout.NCHW, SHAPE, 1, WORTH));
    assertEquals(2, asked(Layout.NCHW, SHAPE, 3, WORTH));
    assertEquals(4, asked(Layout.NCHW, SHAPE, 100, WORTH), "5600 values are enough for five");
    FeatureShape batch = new FeatureShape(8, 20, 7, 8);
    assertEquals(3, asked(Layout.NHWC, batch, 4, WORTH), "samples");
    assertEquals(2, asked(Layout.NHWC, new FeatureShape(1, 192, 7, 8), 4, WORTH), "3·64 channels");
    assertEquals(0, asked(Layout.NHWC, new FeatureShape(1, 64, 7, 80), 4, WORTH), "one pass");
    FeatureShape plane = new FeatureShape(1, 1, 1, 3 * 4096);
    assertEquals(2, asked(Layout.NCHW, plane, 4, WORTH), "three blocks");
    assertEquals(2, asked(Layout.NHWC, plane, 4, WORTH), "blocks of the only channel");
    assertEquals(0, asked(Layout.NCHW, new FeatureShape(0, 2048, 1000, 1000), 4, WORTH), "empty");
  }

  @Test
  void withoutGainNothingIsSplit() {
    AtomicInteger asked = new AtomicInteger();
    ParallelKernels parallel = new ParallelKernels(task -> asked.incrementAndGet(), 4);
    FeatureShape head = new FeatureShape(1, 2048, 14, 14);
    FeatureMap x = FeatureMap.allocate(Layout.NCHW, head);
    parallel.reduce(Reduction.MEAN, x, new float[2048], 0);
    assertEquals(0, asked.get());
    FeatureMap batch = FeatureMap.allocate(Layout.NCHW, new FeatureShape(2, 2048, 14, 14));
    parallel.reduce(Reduction.MEAN, batch, new float[4096], 0);
    assertEquals(2, asked.get());
  }

  private static int asked(Layout layout, FeatureShape shape, int threads, int worth) {
    AtomicInteger asked = new AtomicInteger();
    FeatureMap x = map(shape).toLayout(layout);
    float[] y = new float[(int) shape.planes()];
    ParallelKernels parallel = new ParallelKernels(task -> asked.incrementAndGet(), threads, worth);
    parallel.reduce(Reduction.MEAN, x, y, 0);
    float[] expected = new float[y.length];
    Kernels.best().reduce(Reduction.MEAN, x, expected, 0);
    assertArrayEquals(expected, y, "whatever becomes of the tasks");
    return asked.get();
  }

  @Test
  void rejectedWorkIsDoneByTheCaller() {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    executor.shutdown();
    float[] y = new float[PLANES];
    new ParallelKernels(executor, 4, WORTH).reduce(Reduction.MEAN, X, y, 0);
    assertMeans(y);
  }

  @Test
  void anExecutorsOwnExceptionIsTheCallers() {
    IllegalStateException broken = new IllegalStateException("broken");
    Executor executor =
        task -> {
          throw broken;
        };
    float[] y = new float[PLANES];
    ParallelKernels parallel = new ParallelKernels(executor, 4, WORTH);
    Executable call = () -> parallel.reduce(Reduction.MEAN, X, y, 0);
    assertSame(broken, assertThrows(IllegalStateException.class, call));
    assertArrayEquals(new float[PLANES], y);
  }

  @Test
  void anInterruptedCallerGetsACancellation() {
    float[] y = new float[PLANES];
    ParallelKernels parallel = new ParallelKernels(task -> {}, 4, WORTH);
    Thread.currentThread().interrupt();
    Executable call = () -> parallel.reduce(Reduction.MEAN, X, y, 0);
    assertThrows(CancellationException.class, call);
    assertTrue(Thread.interrupted(), "the interrupt was lost");
    assertArrayEquals(new float[PLANES], y);
  }

  @Test
  void aFailureOfTheCallersPartWaitsForTheOthers() {
    Thread caller = Thread.currentThread();
    IllegalStateException failed = new IllegalStateException("failed");
    CountDownLatch bothBegan = new CountDownLatch(2);
    AtomicInteger ended = new AtomicInteger();
    Parts parts =
        new Parts(
            100,
            part -> {
              meet(bothBegan);
              if (Thread.currentThread() == caller) {
                throw failed;
              }
              awaitState(caller, Thread.State.WAITING);
              ended.incrementAndGet();
            });
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Executable call = () -> parts.runOn(executor, 2);
      assertSame(failed, assertThrows(IllegalStateException.class, call));
      assertEquals(1, ended.get(), "the part begun ended, and no other was begun");
    }
    assertEquals(1, ended.get());
  }

  @Test
  void aFailureOnAnotherThreadIsTheCallers() {
    Thread caller = Thread.currentThread();
    OutOfMemoryError failed = new OutOfMemoryError("failed");
    CountDownLatch bothBegan = new CountDownLatch(2);
    Parts parts =
        new Parts(
            2,
            part -> {
              meet(bothBegan);
              if (Thread.currentThread() != caller) {
                throw failed;
              }
            });
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Executable call = () -> parts.runOn(executor, 2);
      assertSame(failed, assertThrows(OutOfMemoryError.class, call));
    }
  }

  @Test
  void whoIsInterruptedWhileTheLastPartsEndHasTheResult() {
    Thread caller = Thread.currentThread();
    CountDownLatch bothBegan = new CountDownLatch(2);
    AtomicBoolean ended = new AtomicBoolean();
    Parts parts =
        new Parts(
            2,
            part -> {
              meet(bothBegan);
              if (Thread.currentThread() != caller) {
                awaitState(caller, Thread.State.WAITING);
                caller.interrupt();
                ended.set(true);
              }
            });
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      parts.runOn(executor, 2);
      assertTrue(ended.get(), "a part was not waited for");
      assertTrue(Thread.interrupted(), "the interrupt was lost");
    }
  }

  /** Waits without being in the state of waiting. */
  private static void meet(CountDownLatch latch) {
    latch.countDown();
    while (latch.getCount() > 0) {
      Thread.yield();
    }
  }

  private static void awaitState(Thread thread, Thread.State state) {
    while (thread.getState() != state) {
      Thread.yield();
    }
  }

  @Test
  void callersShareAnExecutorAndMayBeItsOwnThreads() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      ParallelKernels parallel = new ParallelKernels(executor, 3, WORTH);
      List<Future<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(
            executor.submit(
                () -> {
                  float[] y = new float[PLANES];
                  parallel.reduce(Reduction.MEAN, X, y, 0);
                  return y;
                }));
      }
      for (Future<float[]> call : calls) {
        assertMeans(call.get());
      }
    }
  }

  @Test
  void memoryOfOneThreadIsReducedByThatThread() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(4L * SHAPE.elements(), 4);
      segment.copyFrom(MemorySegment.ofArray(X.array()));
      FeatureMap confined = FeatureMap.of(segment, ElementType.FLOAT32, Layout.NCHW, SHAPE);
      AtomicBoolean asked = new AtomicBoolean();
      float[] y = new float[PLANES];
      new ParallelKernels(task -> asked.set(true), 4, WORTH).reduce(Reduction.MEAN, confined, y, 0);
      assertMeans(y);
      assertFalse(asked.get());
    }
  }

  @Test
  void badArgumentsAreErrorsBeforeAnythingIsHandedOn() {
    fails("executor is null", () -> new ParallelKernels(null, 2));
    fails("threads is 0", () -> new ParallelKernels(Runnable::run, 0));
    AtomicBoolean asked = new AtomicBoolean();
    ParallelKernels parallel = new ParallelKernels(task -> asked.set(true), 4, WORTH);
    float[] y = new float[PLANES];
    int[] index = new int[PLANES];
    Reduction max = Reduction.MAX;
    fails("r is null", () -> parallel.reduce(null, X, y, 0));
    fails("x is null", () -> parallel.reduce(max, null, y, 0));
    fails("y has 100 elements", () -> parallel.reduce(max, X, y, 1));
    fails("y overlaps x", () -> parallel.reduce(max, X, X.array(), 0));
    fails("index is null", () -> parallel.reduce(max, X, y, 0, null, 0));
    fails("index has 100 elements", () -> parallel.reduce(max, X, y, 0, index, 1));
    fails("r is MEAN", () -> parallel.reduce(Reduction.MEAN, X, y, 0, index, 0));
    assertFalse(asked.get());
    for (KernelSet k : Maps.backends()) {
      fails("n is 2", () -> k.reduceChannels(max, X, 2, 0, 1, y, 0, null, 0));
      fails("n is -1", () -> k.reduceChannels(max, X, -1, 0, 1, y, 0, null, 0));
      fails("c is 49 and channels is 2", () -> k.reduceChannels(max, X, 0, 49, 2, y, 0, null, 0));
      fails("c is -1", () -> k.reduceChannels(max, X, 0, -1, 1, y, 0, null, 0));
      fails("y has 100", () -> k.reduceChannels(max, X, 0, 0, 1, y, 1, null, 0));
      fails("r is L1", () -> k.reduceChannels(Reduction.L1, X, 0, 0, 1, y, 0, index, 0));
    }
    assertArrayEquals(new float[PLANES], y);
  }

  private static void fails(String message, Executable call) {
    Exception e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().startsWith(message), e::getMessage);
  }
}
