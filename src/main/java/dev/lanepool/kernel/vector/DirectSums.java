package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Reduction;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sums of planes whose values are added where they are, or as they are: what other reductions do
 * with a chunk of doubles, stage by stage.
 */
final class DirectSums {
  private DirectSums() {}

  /** Whether the reduction is made of a sum that is formed here. */
  static boolean serve(Reduction r, FeatureMap x) {
    return r.center() == Reduction.Center.NONE
        && r.base() == Reduction.Base.VALUE
        && r.term() == Reduction.Term.VALUE
        && x.type().bytes() == 1
        && x.layout() == Layout.NCHW
        && x.isDense();
  }

  /** The sums of channels c.. of sample n, {@link Stages#PLANES} at the most, to s.sums. */
  static void sum(FeatureMap x, int n, int c, int planes, Stages s) {
    long size = x.shape().planeSize();
    long from = x.position() + (n * (long) x.shape().c() + c) * size;
    if (size <= ByteRows.ROW) {
      rows(x, from, planes, (int) size, s);
      for (int plane = 0; plane < planes; plane++) {
        s.sums[plane] = s.scratch.integers[plane];
      }
      return;
    }
    for (int plane = 0; plane < planes; plane++) {
      s.sums[plane] = total(x, from + plane * size, size, s);
    }
  }

  /** The sum of a plane that has several rows. */
  private static long total(FeatureMap x, long from, long size, Stages s) {
    long total = 0;
    for (long done = 0; done < size; ) {
      int n = (int) Math.min(ByteRows.ROW, size - done);
      int rows = Math.clamp((size - done) / n, 1, Stages.PLANES);
      rows(x, from + done, rows, n, s);
      for (int row = 0; row < rows; row++) {
        total += s.scratch.integers[row];
      }
      done += (long) rows * n;
    }
    return total;
  }

  /** The sums of rows, which lie one after another from a place on, to s.scratch.integers. */
  private static void rows(FeatureMap x, long from, int rows, int n, Stages s) {
    if (x.base() instanceof byte[]) {
      int start = (int) (x.segment().address() + from);
      ByteRows.sums(x.type(), (byte[]) x.base(), start, 0, rows, n, s.scratch);
      return;
    }
    int together = s.bytes.length / n;
    for (int row = 0; row < rows; row += together) {
      int count = Math.min(together, rows - row);
      long at = from + (long) row * n;
      MemorySegment.copy(x.segment(), ValueLayout.JAVA_BYTE, at, s.bytes, 0, count * n);
      ByteRows.sums(x.type(), s.bytes, 0, row, count, n, s.scratch);
    }
  }
}
