package dev.lanepool.head;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a head says of one sample. Immutable. */
public final class Prediction {
  private final List<ScoredClass> ranking;
  private final float[] logits;
  private final float[] probabilities;

  Prediction(float[] logits, float[] probabilities, List<String> labels) {
    this.logits = logits;
    this.probabilities = probabilities;
    List<ScoredClass> classes = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      classes.add(new ScoredClass(c, labels.get(c), logits[c], probabilities[c]));
    }
    // The sort is stable, so of equal classes the first comes first.
    classes.sort(Comparator.comparing(ScoredClass::logit).reversed());
    this.ranking = List.copyOf(classes);
  }

  /**
   * Scores before softmax.
   *
   * @return a copy, one value per class
   */
  public float[] logits() {
    return logits.clone();
  }

  /**
   * Scores after softmax; they add up to 1 within rounding.
   *
   * @return a copy, one value per class
   */
  public float[] probabilities() {
    return probabilities.clone();
  }

  /**
   * The most probable classes, the best one first; of equal ones the lower index first.
   *
   * @param k how many, 1 to the number of classes
   * @return an immutable list of k classes
   * @throws IllegalArgumentException if k is out of range
   */
  public List<ScoredClass> top(int k) {
    if (k < 1 || k > ranking.size()) {
      throw new IllegalArgumentException(
          "k is " + k + "; 1 to the number of classes, " + ranking.size() + ", was needed");
    }
    return ranking.subList(0, k);
  }

  /** The best class and its probability. */
  @Override
  public String toString() {
    ScoredClass best = ranking.get(0);
    return "Prediction[" + best.label() + ", " + best.probability() + "]";
  }
}
