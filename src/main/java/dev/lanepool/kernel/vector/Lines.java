package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;

import java.lang.foreign.MemorySegment;

/**
 * Loops over adjacent channels whose vectors begin where lines of the cache do, as far as they can:
 * to load a vector from two lines takes twice as long.
 */
final class Lines {
  /** Channels beside which a vector more at either end weighs little. */
  static final int MANY = 512;

  /**
   * Values between the beginning of a line and the first of a large array. Where a smaller one
   * begins can't be known; at another place nothing but time is lost.
   */
  static final int ARRAY_BASE = 16 / Float.BYTES;

  private Lines() {}

  /**
   * Calls a loop for all channels, first a vector of them, then those behind the next beginning of
   * a line, then the last vector: it may see a channel twice. The loop gets the first pixel of its
   * channels and, in s.channel, which one of all is their first.
   */
  static void reduce(
      LoopBoundary loop, Object x, int start, int stride, int n, int width, Scratch s) {
    int lead = lead(x, start, stride, width, s);
    if (lead > 0) {
      int last = width - FLOAT_LANES;
      reduce(loop, x, start, stride, n, 0, FLOAT_LANES, s);
      reduce(loop, x, start, stride, n, lead, last, s);
      reduce(loop, x, start, stride, n, last, FLOAT_LANES, s);
    } else {
      reduce(loop, x, start, stride, n, 0, width, s);
    }
    s.channel = 0;
  }

  private static void reduce(
      LoopBoundary loop,
      Object x,
      int start,
      int stride,
      int n,
      int channel,
      int width,
      Scratch s) {
    s.channel = channel;
    loop.reduce(x, start + channel, stride, n, width, s);
  }

  /**
   * How many channels are before the first that begins a line in every pixel; 0 where there is
   * none, or where few channels are not worth it.
   */
  private static int lead(Object x, int start, int stride, int width, Scratch s) {
    if (width < MANY || stride % FLOAT_LANES != 0) {
      return 0;
    }
    return -(base(x, s.from) + start) & FLOAT_LANES - 1;
  }

  /** As {@link #ARRAY_BASE}, of an array, or of a segment from so many bytes on. */
  static int base(Object x, long from) {
    return x instanceof MemorySegment segment
        ? (int) ((segment.address() + from) / Float.BYTES) & FLOAT_LANES - 1
        : ARRAY_BASE;
  }

  /** The first place after i where a line begins. */
  static int next(int i, int base) {
    return (i + base + FLOAT_LANES & -FLOAT_LANES) - base;
  }
}
