/**
 * Layers over the kernels: feature maps in, feature maps out. A vector of C values per sample is a
 * map [N, C, 1, 1], in which both layouts are the same.
 */
package dev.lanepool.layer;
