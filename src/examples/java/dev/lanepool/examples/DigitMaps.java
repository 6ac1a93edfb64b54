package dev.lanepool.examples;

import dev.lanepool.FeatureMap;
import dev.lanepool.cam.ClassActivationMap;
import dev.lanepool.cam.ColorMap;
import dev.lanepool.cam.Heatmap;
import dev.lanepool.drawing.Canvas;
import dev.lanepool.head.ClassifierHead;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Class activation maps of the digits: where they peak, whether they add up, what they look like.
 */
final class DigitMaps {
  private static final int CANVAS = 32;

  /** From a filter's corner to its centre. */
  private static final int CENTRE = FilterBank.SIZE / 2;

  private static final int CELL = 144;
  private static final int GAP = 8;

  private final Digits digits;
  private final FilterBank bank;
  private final ClassifierHead head;

  /**
   * Maps of test digits.
   *
   * @param experiment has the digits and the filters
   * @param averaged the head, trained on global averages
   */
  DigitMaps(Experiment experiment, Experiment.Result averaged) {
    this.digits = experiment.test();
    this.bank = experiment.bank();
    this.head =
        ClassifierHead.of(
            averaged.trained().weights(),
            averaged.trained().bias(),
            IntStream.range(0, Digits.CLASSES).mapToObj(String::valueOf).toList());
  }

  /** The largest |mean(M_c) + b_c − logit_c| over the digits and classes. */
  double largestDifference() {
    double largest = 0;
    for (int i = 0; i < digits.count(); i++) {
      FeatureMap maps = still(i);
      float[] logits = head.classify(maps).logits();
      for (int c = 0; c < logits.length; c++) {
        double explained = (double) ClassActivationMap.of(head, maps, c).mean() + head.bias(c);
        largest = Math.max(largest, Math.abs(explained - logits[c]));
      }
    }
    return largest;
  }

  private FeatureMap still(int index) {
    int margin = Experiment.MARGIN;
    float[] canvas = digits.onCanvas(index, Experiment.CANVAS, margin, margin);
    return bank.maps(List.of(canvas), Experiment.CANVAS);
  }

  /**
   * How often the map of the digit's own class peaks on the digit, which lies anywhere on a square
   * of 32 × 32.
   */
  double peaksOnTheDigit() {
    Random random = new Random(1);
    int places = CANVAS - Digits.SIZE + 1;
    int hits = 0;
    for (int i = 0; i < digits.count(); i++) {
      int row = random.nextInt(places);
      int column = random.nextInt(places);
      float[] canvas = digits.onCanvas(i, CANVAS, row, column);
      FeatureMap maps = bank.maps(List.of(canvas), CANVAS);
      Heatmap map = ClassActivationMap.of(head, maps, digits.labels().get(i));
      int peak = peak(map.values());
      int y = peak / map.width() + CENTRE - row;
      int x = peak % map.width() + CENTRE - column;
      hits += y >= 0 && y < Digits.SIZE && x >= 0 && x < Digits.SIZE ? 1 : 0;
    }
    return (double) hits / digits.count();
  }

  /** What a peak anywhere in the map would give. */
  static double peaksByChance() {
    double cells = CANVAS - FilterBank.SIZE + 1;
    return Digits.SIZE * Digits.SIZE / (cells * cells);
  }

  private static int peak(float[] values) {
    return IntStream.range(0, values.length)
        .reduce((a, b) -> values[b] > values[a] ? b : a)
        .getAsInt();
  }

  /** One digit of each class and, beneath it, what speaks for its class. */
  BufferedImage strip() {
    int width = Digits.CLASSES * (CELL + GAP) - GAP;
    BufferedImage strip = new BufferedImage(width, 2 * CELL + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = strip.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, strip.getWidth(), strip.getHeight());
    for (int c = 0; c < Digits.CLASSES; c++) {
      int index = digits.labels().indexOf(c);
      BufferedImage digit = picture(index);
      Heatmap map = ClassActivationMap.of(head, still(index), c).relu().upsample(CELL, CELL);
      g.drawImage(digit, c * (CELL + GAP), 0, null);
      g.drawImage(map.image(ColorMap.MAGMA), c * (CELL + GAP), CELL + GAP, null);
    }
    g.dispose();
    return strip;
  }

  /** As much of the square as there are centres of filters, so that it fits the map. */
  private BufferedImage picture(int index) {
    int margin = Experiment.MARGIN - CENTRE;
    float[] canvas = digits.onCanvas(index, Experiment.MAP, margin, margin);
    BufferedImage picture =
        new BufferedImage(Experiment.MAP, Experiment.MAP, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < canvas.length; i++) {
      int level = Math.round(255 * canvas[i]);
      picture.setRGB(i % Experiment.MAP, i / Experiment.MAP, level << 16 | level << 8 | level);
    }
    return Canvas.scale(picture, CELL, CELL);
  }
}
