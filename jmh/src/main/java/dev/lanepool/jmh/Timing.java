package dev.lanepool.jmh;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a fork measures.
 *
 * @param warmups iterations before those that count
 * @param iterations those that count
 * @param time of an iteration
 */
record Timing(int warmups, int iterations, TimeValue time) {}
