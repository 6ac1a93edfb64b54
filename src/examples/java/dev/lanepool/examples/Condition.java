package dev.lanepool.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A way to show digits to heads.
 *
 * @param name what tables call it
 * @param size rows and columns of the squares that the digits are put on
 * @param placement puts them there
 */
record Condition(String name, int size, Placement placement) {
  static final String TEST = "test";

  private static final long SEED = 1;

  /** Puts one digit on squares, on as many for every digit. */
  interface Placement {
    List<float[]> place(Digits digits, int index, Random random);
  }

  /** As in training: in the middle of a small square. */
  static Condition still() {
    int margin = Experiment.MARGIN;
    return new Condition(
        TEST,
        Experiment.CANVAS,
        (digits, index, random) ->
            List.of(digits.onCanvas(index, Experiment.CANVAS, margin, margin)));
  }

  /** Moved by some pixels, up, down, left and right. */
  static Condition shift(int pixels) {
    int size = Experiment.CANVAS;
    int near = Experiment.MARGIN - pixels;
    int far = Experiment.MARGIN + pixels;
    return new Condition(
        "shift " + pixels,
        size,
        (digits, index, random) ->
            List.of(
                digits.onCanvas(index, size, near, Experiment.MARGIN),
                digits.onCanvas(index, size, far, Experiment.MARGIN),
                digits.onCanvas(index, size, Experiment.MARGIN, near),
                digits.onCanvas(index, size, Experiment.MARGIN, far)));
  }

  /** Anywhere on a larger square, as far from its edges as in training at least. */
  static Condition canvas(int size) {
    int places = size - Digits.SIZE - 2 * Experiment.MARGIN + 1;
    return new Condition(
        "canvas " + size,
        size,
        (digits, index, random) ->
            List.of(
                digits.onCanvas(
                    index,
                    size,
                    Experiment.MARGIN + random.nextInt(places),
                    Experiment.MARGIN + random.nextInt(places))));
  }

  /** In the middle, with some pixels of the square made white. */
  static Condition specks(int count) {
    return new Condition(
        "specks " + count,
        Experiment.CANVAS,
        (digits, index, random) -> {
          float[] canvas = still().placement().place(digits, index, random).get(0);
          for (int i = 0; i < count; i++) {
            canvas[random.nextInt(canvas.length)] = 1;
          }
          return List.of(canvas);
        });
  }

  /** All digits, one after the other. */
  List<float[]> canvases(Digits digits) {
    Random random = new Random(SEED);
    List<float[]> canvases = new ArrayList<>();
    for (int i = 0; i < digits.count(); i++) {
      canvases.addAll(placement.place(digits, i, random));
    }
    return canvases;
  }
}
