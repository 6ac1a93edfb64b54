package dev.lanepool.head;

/**
 * A class and what a head says of it.
 *
 * @param index which class, from 0
 * @param label its name
 * @param logit its score before softmax
 * @param probability its score after softmax
 */
public record ScoredClass(int index, String label, float logit, float probability) {}
