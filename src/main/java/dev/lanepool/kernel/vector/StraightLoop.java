package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.max;
import static dev.lanepool.kernel.vector.Lanes.min;
import static dev.lanepool.kernel.vector.Lanes.unsignedMax;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Joins a few vectors of each of many contiguous rows to the row's extrema, in a straight line. A
 * loop over the vectors of so short rows costs more, above all in a segment, where C2 works out
 * anew for every row which places are in it. One of {@link Copies}.
 */
final class StraightLoop implements Loop<Object> {
  private record Form(boolean seven, boolean minima, boolean first, boolean segment) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /**
   * The loop over rows in a segment, where places count from s.from on, or in an array.
   *
   * @param seven whether there are seven vectors of each row, or four
   * @param minima whether there are signed and unsigned maxima and signed minima, or only signed
   *     maxima, and the vectors' sum to s.check
   * @param first whether there are no extrema yet
   */
  static LoopBoundary of(boolean seven, boolean minima, boolean first, boolean segment) {
    return Copies.of(MethodHandles.lookup(), new Form(seven, minima, first, segment));
  }

  /** Of n values of each row; the last vector may overlap. The rows lie {@code stride} apart. */
  @Override
  public void reduce(Object x, int start, int stride, int n, int rows, Scratch s) {
    if (FORM.minima()) {
      joinExtrema(x, s.from, start, stride, n - FLOAT_LANES, rows, s.extrema);
    } else {
      joinMaxima(x, s.from, start, stride, n - FLOAT_LANES, rows, s.extrema, s.check);
    }
  }

  // The rows are in one method with the line, which C2 would call for each of them. First all
  // loads, then one result after the other: what a later line has a use for, C2 keeps in a register
  // for the case that a place is not in the segment, even if that line is never run.

  private static void joinMaxima(
      Object x, long from, int start, int stride, int last, int rows, int[] e, float[] check) {
    FloatVector sum = FloatVector.fromArray(FLOATS, check, 0);
    for (int row = 0; row < rows; row++) {
      long place = Segments.place(FORM.segment(), from, start + row * stride);
      int i = Segments.index(FORM.segment(), start + row * stride);
      IntVector a = bits(x, place, i);
      IntVector b = bits(x, place, i + FLOAT_LANES);
      IntVector c = bits(x, place, i + 2 * FLOAT_LANES);
      IntVector d = bits(x, place, i + last);
      IntVector f = FORM.seven() ? bits(x, place, i + 3 * FLOAT_LANES) : d;
      IntVector g = FORM.seven() ? bits(x, place, i + 4 * FLOAT_LANES) : d;
      IntVector h = FORM.seven() ? bits(x, place, i + 5 * FLOAT_LANES) : d;
      int to = RowExtrema.from(row);
      IntVector signed = max(max(max(a, b), max(c, d)), max(max(f, g), h));
      (FORM.first() ? signed : max(signed, at(e, to))).intoArray(e, to);
      FloatVector four = add(add(a, b), add(c, d));
      sum =
          exact(sum).add(FORM.seven() ? add(four, add(add(f, g), h.reinterpretAsFloats())) : four);
    }
    exact(sum).intoArray(check, 0);
  }

  private static void joinExtrema(
      Object x, long from, int start, int stride, int last, int rows, int[] e) {
    for (int row = 0; row < rows; row++) {
      long place = Segments.place(FORM.segment(), from, start + row * stride);
      int i = Segments.index(FORM.segment(), start + row * stride);
      IntVector a = bits(x, place, i);
      IntVector b = bits(x, place, i + FLOAT_LANES);
      IntVector c = bits(x, place, i + 2 * FLOAT_LANES);
      IntVector d = bits(x, place, i + last);
      IntVector f = FORM.seven() ? bits(x, place, i + 3 * FLOAT_LANES) : d;
      IntVector g = FORM.seven() ? bits(x, place, i + 4 * FLOAT_LANES) : d;
      IntVector h = FORM.seven() ? bits(x, place, i + 5 * FLOAT_LANES) : d;
      int to = RowExtrema.from(row);
      IntVector signed = max(max(max(a, b), max(c, d)), max(max(f, g), h));
      (FORM.first() ? signed : max(signed, at(e, to))).intoArray(e, to);
      to += FLOAT_LANES;
      IntVector unsigned =
          unsignedMax(
              unsignedMax(unsignedMax(a, b), unsignedMax(c, d)), unsignedMax(unsignedMax(f, g), h));
      (FORM.first() ? unsigned : unsignedMax(unsigned, at(e, to))).intoArray(e, to);
      to += FLOAT_LANES;
      IntVector least = min(min(min(a, b), min(c, d)), min(min(f, g), h));
      (FORM.first() ? least : min(least, at(e, to))).intoArray(e, to);
    }
  }

  private static FloatVector add(IntVector a, IntVector b) {
    return a.reinterpretAsFloats().add(b.reinterpretAsFloats());
  }

  private static FloatVector add(FloatVector a, FloatVector b) {
    return a.add(b);
  }

  private static IntVector bits(Object x, long place, int i) {
    return Segments.bits(FORM.segment(), x, place, i);
  }
}
