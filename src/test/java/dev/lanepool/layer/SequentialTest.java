package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequentialTest {
  private final Dense hidden = new Dense(small(10, 6 * 8), small(11, 8));
  private final Dense dense = new Dense(small(12, 8 * 5), small(13, 5));
  private final Sequential net = new Sequential(new GlobalAvgPool(), hidden, dense, new Softmax());

  /** Weights that keep logits so small that every one of them shows in every probability. */
  private static float[] small(long seed, int count) {
    float[] weights = Numbers.integers(seed, count, 1000);
    for (int i = 0; i < count; i++) {
      weights[i] /= 4000;
    }
    return weights;
  }

  private static FeatureMap maps(Layout layout, int n, int h, int w) {
    FeatureShape shape = new FeatureShape(n, 6, h, w);
    float[] x = Numbers.values(100 * n + 10 * h + w, (int) shape.elements());
    return Numbers.map(x, layout, 1, shape);
  }

  private float[] byHand(FeatureMap maps) {
    FeatureMap pooled = new GlobalAvgPool().forward(maps);
    return Numbers.contents(new Softmax().forward(dense.forward(hidden.forward(pooled))));
  }

  @ParameterizedTest
  @EnumSource
  void isItsLayersByHand(Layout layout) {
    FeatureMap maps = maps(layout, 3, 7, 5);
    FeatureMap y = net.forward(maps);
    assertEquals(new FeatureShape(3, 5, 1, 1), y.shape());
    assertEquals(layout, y.layout());
    Numbers.assertBits(byHand(maps), Numbers.contents(y), "probabilities");
  }

  @Test
  void shapesAndParametersAreThoseOfTheLayers() {
    assertEquals(new FeatureShape(4, 5, 1, 1), net.outputShape(new FeatureShape(4, 6, 9, 9)));
    assertEquals(6 * 8 + 8 + 8 * 5 + 5, net.parameterCount());
    assertEquals(4, net.layers().size());
    assertEquals("Sequential[GlobalAvgPool, Dense(6 → 8), Dense(8 → 5), Softmax]", net.toString());
    assertEquals(0, new Sequential(new Flatten()).parameterCount());
    FeatureShape flat = new Sequential(new Flatten()).outputShape(new FeatureShape(2, 3, 4, 5));
    assertEquals(new FeatureShape(2, 60, 1, 1), flat);
  }

  @Test
  void oneLayerIsThatLayer() {
    FeatureMap maps = maps(Layout.NHWC, 2, 3, 3);
    float[] alone = Numbers.contents(new Flatten().forward(maps));
    float[] chain = Numbers.contents(new Sequential(new Flatten()).forward(maps));
    Numbers.assertBits(alone, chain, "flattened");
  }

  @Test
  void chainsMayBeNestedAndLayersUsedTwice() {
    Dense square = new Dense(Numbers.values(14, 64), Numbers.values(15, 8));
    Sequential twice = new Sequential(square, square);
    Sequential inner = new Sequential(twice, new Flatten(), twice);
    Sequential outer = new Sequential(new GlobalMaxPool(), hidden, inner);
    FeatureMap maps = maps(Layout.NHWC, 2, 4, 4);
    FeatureMap expected = hidden.forward(new GlobalMaxPool().forward(maps));
    for (int i = 0; i < 4; i++) {
      expected = square.forward(expected);
    }
    assertEquals(6 * 8 + 8 + 4 * 72, outer.parameterCount());
    for (int run = 0; run < 2; run++) {
      float[] actual = Numbers.contents(outer.forward(maps));
      Numbers.assertBits(Numbers.contents(expected), actual, "run " + run);
    }
  }

  @Test
  void shapesAndLayoutsMayChangeFromCallToCall() {
    Sequential flat = new Sequential(new Flatten(), new Softmax());
    for (int round = 0; round < 2; round++) {
      for (Layout layout : Layout.values()) {
        for (int n : new int[] {1, 4, 2}) {
          for (int h : new int[] {1, 9, 3}) {
            FeatureMap maps = maps(layout, n, h, 4);
            String what = layout + " " + maps.shape();
            Numbers.assertBits(byHand(maps), Numbers.contents(net.forward(maps)), what);
            float[] byHand = Numbers.contents(new Softmax().forward(new Flatten().forward(maps)));
            Numbers.assertBits(byHand, Numbers.contents(flat.forward(maps)), what);
          }
        }
      }
    }
  }

  @Test
  void resultsDontShareStorage() {
    FeatureMap first = net.forward(maps(Layout.NCHW, 2, 3, 3));
    float[] before = Numbers.contents(first);
    FeatureMap second = net.forward(maps(Layout.NCHW, 2, 4, 4));
    assertNotSame(first.array(), second.array());
    Numbers.assertBits(before, Numbers.contents(first), "the first result, after a second call");
  }

  @Test
  void threadsAtOnceGiveTheSameBits() throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<?>> runs = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        // All share the chain; two of them the shape too, but not the values.
        FeatureMap maps = maps(Layout.NCHW, 2, 3 + thread / 2, 5);
        maps.array()[1] = thread;
        float[] expected = byHand(maps);
        runs.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < 3000; i++) {
                    Numbers.assertBits(expected, Numbers.contents(net.forward(maps)), "run " + i);
                  }
                  return null;
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
      assertEquals(threads, runs.size());
    } finally {
      pool.shutdownNow();
    }
  }

  /** Softmax that lets two threads meet before either reads what the layer before it wrote. */
  private static final class Meeting implements Layer {
    private final Softmax softmax = new Softmax();
    private final CyclicBarrier barrier = new CyclicBarrier(2);

    @Override
    public FeatureShape outputShape(FeatureShape input) {
      return softmax.outputShape(input);
    }

    @Override
    public long parameterCount() {
      return 0;
    }

    @Override
    public void forward(FeatureMap input, FeatureMap output) {
      try {
        barrier.await(10, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError("the other thread did not come", e);
      }
      softmax.forward(input, output);
    }
  }

  @Test
  void twoThreadsInTheMiddleOfTheChainDontDisturbEachOther() throws Exception {
    Sequential chain = new Sequential(new GlobalAvgPool(), hidden, dense, new Meeting());
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        FeatureMap maps = maps(Layout.NHWC, 2, 3, 5);
        maps.array()[1] = thread;
        float[] expected = byHand(maps);
        runs.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    float[] actual = Numbers.contents(chain.forward(maps));
                    Numbers.assertBits(expected, actual, "run " + i);
                  }
                  return null;
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
      assertEquals(2, runs.size());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theChainIsImmutable() {
    Layer[] layers = {new GlobalAvgPool(), new Softmax()};
    Sequential chain = new Sequential(layers);
    layers[0] = new Flatten();
    assertEquals("Sequential[GlobalAvgPool, Softmax]", chain.toString());
    List<Layer> list = chain.layers();
    assertThrows(UnsupportedOperationException.class, () -> list.set(0, new Flatten()));
  }

  @Test
  void chainsThatDontFitAreErrors() {
    Exception e = assertThrows(IllegalArgumentException.class, Sequential::new);
    assertTrue(e.getMessage().startsWith("layers is empty"), e.getMessage());
    assertThrows(NullPointerException.class, () -> new Sequential(new Softmax(), null));
    assertThrows(NullPointerException.class, () -> new Sequential((Layer[]) null));

    Sequential unpooled = new Sequential(hidden, dense);
    FeatureMap maps = maps(Layout.NCHW, 1, 2, 2);
    e = assertThrows(IllegalArgumentException.class, () -> unpooled.forward(maps));
    assertTrue(e.getMessage().contains("pool or flatten first"), e.getMessage());

    Sequential swapped = new Sequential(new GlobalAvgPool(), dense, hidden);
    e = assertThrows(IllegalArgumentException.class, () -> swapped.forward(maps));
    assertTrue(e.getMessage().contains("6 channels"), e.getMessage());
  }

  @Test
  void aFailedCallDoesNotSpoilTheNext() {
    FeatureMap maps = maps(Layout.NCHW, 2, 3, 3);
    Numbers.assertBits(byHand(maps), Numbers.contents(net.forward(maps)), "before");
    FeatureMap empty = FeatureMap.allocate(Layout.NCHW, new FeatureShape(2, 6, 0, 3));
    assertThrows(IllegalArgumentException.class, () -> net.forward(empty));
    FeatureMap narrow = FeatureMap.allocate(Layout.NCHW, new FeatureShape(2, 5, 3, 3));
    assertThrows(IllegalArgumentException.class, () -> net.forward(narrow));
    Numbers.assertBits(byHand(maps), Numbers.contents(net.forward(maps)), "after");
  }
}
