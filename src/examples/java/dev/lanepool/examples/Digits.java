package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Handwritten digits, 8 × 8 grey values of 0 to 1 each, with their labels.
 *
 * @param pictures 64 values each, row by row
 * @param labels 0 to 9, one for each picture
 */
record Digits(List<float[]> pictures, List<Integer> labels) {
  static final int SIZE = 8;
  static final int CLASSES = 10;
  private static final int LEVELS = 16;

  /** All that come with the examples, in an order that the seed decides. */
  static Digits load(long seed) {
    List<String> rows =
        new ArrayList<>(
            new String(Resources.bytes("digits/digits.csv"), US_ASCII).lines().toList());
    Collections.shuffle(rows, new Random(seed));
    return parse("digits/digits.csv", rows);
  }

  /**
   * Reads rows of 64 grey values of 0 to 16 and a label.
   *
   * @param name what messages call them
   * @throws InputException if a row is something else
   */
  static Digits parse(String name, List<String> rows) {
    List<float[]> pictures = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (String row : rows) {
      if (!row.matches("(([0-9]|1[0-6]),){" + SIZE * SIZE + "}[0-9]")) {
        throw new InputException(
            name
                + " has the row "
                + (row.length() > 40 ? row.substring(0, 40) + "…" : row)
                + "; 64 grey values of 0 to 16 and a label of 0 to 9 were needed");
      }
      String[] values = row.split(",");
      float[] picture = new float[SIZE * SIZE];
      for (int i = 0; i < picture.length; i++) {
        picture[i] = Float.parseFloat(values[i]) / LEVELS;
      }
      pictures.add(picture);
      labels.add(Integer.parseInt(values[picture.length]));
    }
    return new Digits(pictures, labels);
  }

  int count() {
    return pictures.size();
  }

  /** Those from one index to before another. */
  Digits range(int from, int to) {
    return new Digits(pictures.subList(from, to), labels.subList(from, to));
  }

  /**
   * One on a black square.
   *
   * @param index which one
   * @param size rows and columns of the square
   * @param row where its upper edge goes
   * @param column where its left edge goes
   * @return size² values, row by row
   */
  float[] onCanvas(int index, int size, int row, int column) {
    float[] canvas = new float[size * size];
    for (int y = 0; y < SIZE; y++) {
      System.arraycopy(pictures.get(index), y * SIZE, canvas, (row + y) * size + column, SIZE);
    }
    return canvas;
  }
}
