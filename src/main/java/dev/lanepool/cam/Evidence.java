package dev.lanepool.cam;

import dev.lanepool.head.ScoredClass;

/**
 * Why a head gave a class its logit: the map whose mean, plus a constant, is the logit within
 * rounding.
 *
 * @param scored the class, and what the head says of it
 * @param map the raw, signed class activation map
 * @param constant what the head adds whatever the picture: the bias; with a LayerNorm in the head,
 *     what its β adds as well
 */
public record Evidence(ScoredClass scored, Heatmap map, float constant) {
  /**
   * The logit as the map has it.
   *
   * @return mean(M_c) + b_c
   */
  public double explained() {
    return (double) map.mean() + constant;
  }

  /**
   * How far the map's logit is from the head's: rounding.
   *
   * @return mean(M_c) + b_c - logit_c
   */
  public double difference() {
    return explained() - scored.logit();
  }
}
