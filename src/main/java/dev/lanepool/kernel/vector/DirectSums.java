package dev.lanepool.kernel.vector;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.internal.SumOrder;
import java.lang.foreign.MemorySegment;

/**
 * Sums of terms of contiguous planes in one loop over the values where they are, or over a copy in
 * their own type; for other reductions they go through stages, as doubles.
 */
final class DirectSums {
  private DirectSums() {}

  /** Whether there is a loop for the terms of this reduction of these maps. */
  static boolean serve(Reduction r, FeatureMap x) {
    boolean dense = x.layout() == Layout.NCHW && x.isDense();
    return dense && r.center() == Reduction.Center.NONE && (isPlain(r) || hasTerms(r, x));
  }

  /**
   * Whether means and sums of these maps are made here in the least time: where planes are long, or
   * their type has a loop of its own.
   */
  static boolean excel(Reduction r, FeatureMap x) {
    boolean own =
        x.type() != ElementType.FLOAT32 && (x.type().bytes() != Short.BYTES || inShorts(r, x));
    return serve(r, x) && (own || x.shape().planeSize() > SumOrder.BLOCK);
  }

  private static boolean isPlain(Reduction r) {
    return r.base() == Reduction.Base.VALUE && r.term() == Reduction.Term.VALUE;
  }

  /** Of floats, and of what is copied to floats. */
  private static boolean hasTerms(Reduction r, FeatureMap x) {
    boolean floats = x.type() != ElementType.FLOAT64 && x.shape().planeSize() > SumOrder.LANES;
    return floats && TermRows.of(r) != null;
  }

  /** Whether whole numbers are added. */
  private static boolean isExact(Reduction r, FeatureMap x) {
    return x.type().bytes() == 1 && isPlain(r);
  }

  /** Whether values of 16 bits are added without a copy as floats, if they are finite. */
  private static boolean inShorts(Reduction r, FeatureMap x) {
    return isPlain(r) && ShortRows.serve(x.type(), x.shape().planeSize());
  }

  /** The sums of channels c.. of sample n to s.sums. */
  static void sum(Reduction r, FeatureMap x, int n, int c, int planes, Stages s) {
    long size = x.shape().planeSize();
    long from = x.position() + (n * (long) x.shape().c() + c) * size;
    int most = isExact(r, x) ? ByteRows.ROW : SumOrder.BLOCK;
    if (size > most) {
      for (int plane = 0; plane < planes; plane++) {
        s.sums[plane] = total(r, x, from + plane * size, size, most, s);
      }
      return;
    }
    int together = together(r, x, (int) size);
    for (int plane = 0; plane < planes; plane += together) {
      int count = Math.min(together, planes - plane);
      rows(r, x, from + plane * size, count, (int) size, s.sums, plane, s);
    }
  }

  /** The sum of a plane that has several rows of at most so many values. */
  private static double total(Reduction r, FeatureMap x, long from, long size, int most, Stages s) {
    double total = SumOrder.NOTHING;
    for (long done = 0; done < size; ) {
      int n = (int) Math.min(most, size - done);
      int rows = Math.clamp((size - done) / n, 1, together(r, x, n));
      rows(r, x, from + done, rows, n, s.rows, 0, s);
      for (int row = 0; row < rows; row++) {
        total += s.rows[row];
      }
      done += (long) rows * n;
    }
    return total;
  }

  /**
   * How many rows of n values are summed at once: where they are copied, no more than fit, and
   * where they are read several times, no more than the L1 cache holds.
   */
  private static int together(Reduction r, FeatureMap x, int n) {
    boolean once = inPlace(r, x, n) && !(inSegment(r, x) && n <= SegmentRows.LONG);
    return once ? Scratch.PLANES : copied(n);
  }

  private static int copied(int n) {
    return Math.clamp(SumOrder.BLOCK / n, 1, Scratch.PLANES);
  }

  /** Whether the values are where their loop can read them. */
  private static boolean inPlace(Reduction r, FeatureMap x, int n) {
    return switch (x.type()) {
      case FLOAT32 -> x.base() instanceof float[] || inSegment(r, x);
      case FLOAT64 -> x.base() instanceof double[] || inSegment(r, x);
      case INT8, UINT8 -> isExact(r, x) && ByteRows.areInPlace(x, n);
      case FLOAT16, BFLOAT16 -> inShorts(r, x) && ShortRows.areInPlace(x);
    };
  }

  /** Whether they are in native memory, for {@link SegmentRows}. */
  private static boolean inSegment(Reduction r, FeatureMap x) {
    return isPlain(r)
        && (Segments.serve(x, ElementType.FLOAT32) || Segments.serve(x, ElementType.FLOAT64));
  }

  /** The sums of rows of n values, which lie one after another, to to[at..]. */
  private static void rows(
      Reduction r, FeatureMap x, long from, int rows, int n, double[] to, int at, Stages s) {
    if (inSegment(r, x)) {
      boolean doubles = x.type() == ElementType.FLOAT64;
      SegmentRows loops = doubles ? SegmentRows.OF_DOUBLES : SegmentRows.OF_FLOATS;
      loops.sums(x.segment(), from * x.type().bytes(), rows, n, s.scratch);
    } else if (isExact(r, x)) {
      ByteRows.sums(x, from, rows, n, s);
    } else if (x.type() == ElementType.FLOAT64) {
      doubles(x, from, rows, n, inPlace(r, x, n), s);
    } else if (!inShorts(r, x)) {
      floats(r, x, from, rows, n, inPlace(r, x, n), s);
    } else if (!ShortRows.of(x.type()).sums(x, from, rows, n, s.scratch)) {
      asFloats(r, x, from, rows, n, to, at, s);
      return;
    }
    System.arraycopy(s.scratch.sums, 0, to, at, rows);
  }

  /** The sums of rows not all of which are finite. */
  private static void asFloats(
      Reduction r, FeatureMap x, long from, int rows, int n, double[] to, int at, Stages s) {
    int most = copied(n);
    for (int done = 0; done < rows; done += most) {
      int count = Math.min(most, rows - done);
      floats(r, x, from + (long) done * n, count, n, false, s);
      System.arraycopy(s.scratch.sums, 0, to, at + done, count);
    }
  }

  private static void doubles(FeatureMap x, long from, int rows, int n, boolean inPlace, Stages s) {
    if (inPlace) {
      RowSums.OF_DOUBLES.sums(x.base(), start(x, from), rows, n, s.scratch);
    } else {
      long at = from * Double.BYTES;
      MemorySegment.copy(x.segment(), JAVA_DOUBLE_UNALIGNED, at, s.values, 0, rows * n);
      RowSums.OF_DOUBLES.sums(s.values, 0, rows, n, s.scratch);
    }
  }

  private static void floats(
      Reduction r, FeatureMap x, long from, int rows, int n, boolean inPlace, Stages s) {
    if (inPlace) {
      floats(r, (float[]) x.base(), start(x, from), rows, n, s.scratch);
    } else {
      FloatReader.read(x, from, 1, rows * n, s.floats, 0, s);
      floats(r, s.floats, 0, rows, n, s.scratch);
    }
  }

  /** Where in its array a value is. */
  private static int start(FeatureMap x, long from) {
    return (int) (x.segment().address() / x.type().bytes() + from);
  }

  private static void floats(Reduction r, float[] x, int start, int rows, int n, Scratch s) {
    if (isPlain(r)) {
      RowSums.OF_FLOATS.sums(x, start, rows, n, s);
    } else {
      TermRows.of(r).sums(r.floor(), x, start, rows, n, s);
    }
  }
}
