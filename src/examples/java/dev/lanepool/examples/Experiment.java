package dev.lanepool.examples;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.layer.Dense;
import dev.lanepool.layer.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Trains the heads on the maps of one fixed filter bank and tests them under many conditions. */
final class Experiment {
  /** Rows and columns of the pictures that the heads are trained on. */
  static final int CANVAS = 16;

  /** Where the digit lies in it: the middle. */
  static final int MARGIN = (CANVAS - Digits.SIZE) / 2;

  /** Rows and columns of their maps. */
  static final int MAP = CANVAS - FilterBank.SIZE + 1;

  /** Pictures whose maps are in memory together. */
  private static final int BATCH = 50;

  /**
   * How much is done.
   *
   * @param filters channels of the maps
   * @param training numbers of training pictures, ascending; the test takes the other pictures
   * @param test at most so many test pictures
   * @param iterations of the training, at most
   */
  record Scale(int filters, List<Integer> training, int test, int iterations) {
    int largest() {
      return training.get(training.size() - 1);
    }
  }

  /**
   * One trained head and what it gets right.
   *
   * @param head which one
   * @param training how many pictures it was trained on
   * @param pooling makes features of maps
   * @param trained makes logits of features
   * @param train share of the training pictures that it gets right
   * @param correct by the name of the condition, the share of test pictures; none where the head
   *     can't take such maps
   * @param confusion of the test: how often a digit (row) was taken for another (column)
   */
  record Result(
      String head,
      int training,
      Layer pooling,
      SoftmaxTrainer.Trained trained,
      double train,
      Map<String, Double> correct,
      int[][] confusion) {
    Dense dense() {
      return trained.layer();
    }

    double test() {
      return correct.get(Condition.TEST);
    }

    /** Whether it can work on maps of a shape. */
    boolean takes(FeatureShape maps) {
      return pooling.outputShape(maps).c() == dense().inputs();
    }

    double gap() {
      return train - test();
    }
  }

  private final Scale scale;
  private final Consumer<String> progress;
  private final Digits train;
  private final Digits test;
  private final FilterBank bank;

  Experiment(Scale scale, long seed, Consumer<String> progress) {
    this.scale = scale;
    this.progress = progress;
    Digits all = Digits.load(seed);
    this.train = all.range(0, scale.largest());
    this.test = all.range(train.count(), Math.min(all.count(), train.count() + scale.test()));
    progress.accept("learning " + scale.filters() + " filters from " + train.count() + " pictures");
    this.bank =
        FilterBank.learn(
            scale.filters(), Condition.still().canvases(train), CANVAS, new Random(seed));
  }

  Digits test() {
    return test;
  }

  FilterBank bank() {
    return bank;
  }

  /** Trains and tests every head with every number of training pictures. */
  List<Result> run(Map<String, Layer> heads, List<Condition> conditions) {
    List<Result> results = new ArrayList<>();
    FeatureMap maps = bank.maps(Condition.still().canvases(train), CANVAS);
    for (Map.Entry<String, Layer> head : heads.entrySet()) {
      float[] features = head.getValue().forward(maps).array();
      for (int count : scale.training()) {
        progress.accept("training " + head.getKey() + " on " + count + " pictures");
        results.add(train(head.getKey(), head.getValue(), features, count));
      }
    }
    for (Condition condition : conditions) {
      progress.accept("testing: " + condition.name());
      test(condition, results);
    }
    return results;
  }

  private Result train(String head, Layer pooling, float[] features, int count) {
    int inputs = features.length / train.count();
    float[] x = Arrays.copyOf(features, count * inputs);
    List<Integer> labels = train.labels().subList(0, count);
    SoftmaxTrainer.Trained trained =
        SoftmaxTrainer.train(x, labels, Digits.CLASSES, scale.iterations());
    int[] decisions = decide(trained.layer(), x, count);
    long right = IntStream.range(0, count).filter(i -> decisions[i] == labels.get(i)).count();
    return new Result(
        head,
        count,
        pooling,
        trained,
        (double) right / count,
        new LinkedHashMap<>(),
        new int[Digits.CLASSES][Digits.CLASSES]);
  }

  private void test(Condition condition, List<Result> results) {
    List<float[]> canvases = condition.canvases(test);
    int perDigit = canvases.size() / test.count();
    int[] right = new int[results.size()];
    for (int from = 0; from < canvases.size(); from += BATCH) {
      int to = Math.min(canvases.size(), from + BATCH);
      FeatureMap maps = bank.maps(canvases.subList(from, to), condition.size());
      Map<Layer, float[]> features = new HashMap<>();
      for (int r = 0; r < right.length; r++) {
        Result result = results.get(r);
        if (!result.takes(maps.shape())) {
          continue;
        }
        float[] x =
            features.computeIfAbsent(result.pooling(), layer -> layer.forward(maps).array());
        int[] decisions = decide(result.dense(), x, to - from);
        for (int i = 0; i < decisions.length; i++) {
          int label = test.labels().get((from + i) / perDigit);
          right[r] += decisions[i] == label ? 1 : 0;
          if (condition.name().equals(Condition.TEST)) {
            result.confusion()[label][decisions[i]]++;
          }
        }
      }
    }
    FeatureShape shape = shape(condition.size());
    for (int r = 0; r < right.length; r++) {
      if (results.get(r).takes(shape)) {
        results.get(r).correct().put(condition.name(), (double) right[r] / canvases.size());
      }
    }
  }

  private FeatureShape shape(int size) {
    int places = size - FilterBank.SIZE + 1;
    return new FeatureShape(1, bank.filters(), places, places);
  }

  /** The class of the largest logit of each row. */
  private static int[] decide(Dense dense, float[] x, int rows) {
    FeatureShape shape = new FeatureShape(rows, dense.inputs(), 1, 1);
    FeatureMap logits = dense.forward(FeatureMap.of(x, Layout.NCHW, shape));
    int[] decisions = new int[rows];
    for (int row = 0; row < rows; row++) {
      for (int c = 1; c < dense.outputs(); c++) {
        if (logits.get(row, c, 0, 0) > logits.get(row, decisions[row], 0, 0)) {
          decisions[row] = c;
        }
      }
    }
    return decisions;
  }
}
