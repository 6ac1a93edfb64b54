package dev.lanepool.head;

/**
 * How a class's logit comes from the pooled values of one sample: logit = Σ_k weights[offset +
 * k]·z_k + constant.
 *
 * @param weights an array with the weights; may be the head's own, not to be written to
 * @param offset where they begin
 * @param constant what is added
 */
public record LinearForm(float[] weights, int offset, float constant) {}
