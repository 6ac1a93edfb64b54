package dev.lanepool.examples;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS with backtracking (J. Nocedal, S. Wright, "Numerical Optimization", 2006,
 * algorithms 7.4 and 3.1). Sequential arithmetic in double, so the same bits in every run.
 */
final class Lbfgs {
  /** What is minimised. */
  interface Objective {
    /**
     * The value at a point.
     *
     * @param point where
     * @param gradient receives the gradient there
     */
    double at(double[] point, double[] gradient);
  }

  private static final int MEMORY = 10;
  private static final double SUFFICIENT = 1e-4;
  private static final int MAX_HALVINGS = 20;

  private record Pair(double[] step, double[] change, double curvature) {}

  private final Objective objective;
  private final Deque<Pair> pairs = new ArrayDeque<>();

  private Lbfgs(Objective objective) {
    this.objective = objective;
  }

  /**
   * Goes down from a point.
   *
   * @param objective what is minimised
   * @param point where to begin; receives the result
   * @param iterations at most so many
   * @param tolerance ends it when no component of the gradient is larger
   * @return how many iterations were made
   */
  static int minimize(Objective objective, double[] point, int iterations, double tolerance) {
    return new Lbfgs(objective).run(point, iterations, tolerance);
  }

  private int run(double[] point, int iterations, double tolerance) {
    double[] gradient = new double[point.length];
    double value = objective.at(point, gradient);
    for (int i = 0; i < iterations; i++) {
      if (largest(gradient) <= tolerance) {
        return i;
      }
      double[] direction = direction(gradient);
      double slope = dot(direction, gradient);
      double length = pairs.isEmpty() ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
      double[] next = new double[point.length];
      double[] nextGradient = new double[point.length];
      double nextValue = Double.NaN;
      int halvings = 0;
      while (!(nextValue <= value + SUFFICIENT * length * slope)) {
        if (halvings++ > MAX_HALVINGS) {
          return i; // nothing lower can be told apart in float weights
        }
        for (int k = 0; k < point.length; k++) {
          next[k] = point[k] + length * direction[k];
        }
        nextValue = objective.at(next, nextGradient);
        length /= 2;
      }
      remember(difference(next, point), difference(nextGradient, gradient));
      System.arraycopy(next, 0, point, 0, point.length);
      gradient = nextGradient;
      value = nextValue;
    }
    return iterations;
  }

  private void remember(double[] step, double[] change) {
    double curvature = dot(step, change);
    if (curvature > 0) {
      if (pairs.size() == MEMORY) {
        pairs.removeFirst();
      }
      pairs.addLast(new Pair(step, change, curvature));
    }
  }

  /** Minus the gradient times the inverse Hessian, as far as the last steps tell it. */
  private double[] direction(double[] gradient) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = alphas.length;
    for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      alphas[--i] = dot(pair.step, q) / pair.curvature;
      add(q, -alphas[i], pair.change);
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      scale(q, last.curvature / dot(last.change, last.change));
    }
    for (Pair pair : pairs) {
      add(q, alphas[i++] - dot(pair.change, q) / pair.curvature, pair.step);
    }
    scale(q, -1);
    return q;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] values) {
    for (int k = 0; k < to.length; k++) {
      to[k] += factor * values[k];
    }
  }

  private static void scale(double[] values, double factor) {
    for (int k = 0; k < values.length; k++) {
      values[k] *= factor;
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] result = a.clone();
    add(result, -1, b);
    return result;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
