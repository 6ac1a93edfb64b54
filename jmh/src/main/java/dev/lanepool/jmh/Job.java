package dev.lanepool.jmh;

/**
 * One fork to be run.
 *
 * @param of what is measured
 * @param variant its variant
 * @param fork its number
 */
record Job(Case of, String variant, int fork) {}
