package dev.lanepool;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** What a {@link FeatureMap} checks of its storage. Allocates only to throw. */
final class MapArguments {
  private MapArguments() {}

  static void layoutAndShape(Layout layout, FeatureShape shape) {
    Objects.requireNonNull(layout, "layout is null; NCHW or NHWC was needed");
    Objects.requireNonNull(shape, "shape is null; a FeatureShape was needed");
  }

  static void type(ElementType type, int bytes, String needed) {
    Objects.requireNonNull(type, "type is null; an ElementType was needed");
    if (type.bytes() != bytes) {
      throw new IllegalArgumentException("type is " + type + "; " + needed + " was needed");
    }
  }

  /** An array of so many elements holds the shape's from the offset on. */
  static void array(int length, int offset, FeatureShape shape) {
    if (offset < 0 || offset > length) {
      throw new IllegalArgumentException(
          "offset is " + offset + "; 0 to array.length = " + length + " was needed");
    }
    if (shape.elements() > length - offset) {
      throw new IllegalArgumentException(
          "array holds "
              + (length - offset)
              + " values from offset "
              + offset
              + "; shape "
              + shape
              + " needs "
              + shape.elements());
    }
  }

  static int arrayLength(FeatureShape shape) {
    Objects.requireNonNull(shape, "shape is null; a FeatureShape was needed");
    if (shape.elements() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape "
              + shape
              + " has "
              + shape.elements()
              + " values; an array holds "
              + Integer.MAX_VALUE
              + " at most");
    }
    return (int) shape.elements();
  }

  static void order(ByteBuffer buffer) {
    Objects.requireNonNull(buffer, "buffer is null; a ByteBuffer was needed");
    if (buffer.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException(
          "buffer has the order "
              + buffer.order()
              + "; "
              + ByteOrder.nativeOrder()
              + ", this machine's, was needed: call order(ByteOrder.nativeOrder()) if that is what"
              + " its bytes are in");
    }
  }

  static void access(MemorySegment segment) {
    if (!segment.scope().isAlive()) {
      throw new IllegalStateException("segment is closed; an open one was needed");
    }
    if (!segment.isAccessibleBy(Thread.currentThread())) {
      throw new WrongThreadException(
          "segment belongs to another thread; one that thread "
              + Thread.currentThread().getName()
              + " may read was needed");
    }
  }

  /** The segment can be read, and its elements are aligned. */
  static void segment(MemorySegment segment, ElementType type) {
    Objects.requireNonNull(segment, "segment is null; a MemorySegment was needed");
    access(segment);
    if (segment.address() % type.bytes() != 0) {
      throw new IllegalArgumentException(
          "segment begins at address 0x"
              + Long.toHexString(segment.address())
              + "; a multiple of "
              + type.bytes()
              + ", the bytes of a "
              + type
              + ", was needed");
    }
  }

  /** The segment holds all values from the offset on. */
  static void reach(
      MemorySegment segment, ElementType type, long offset, FeatureShape shape, Strides strides) {
    long held = segment.byteSize() / type.bytes();
    if (offset < 0 || offset > held) {
      throw new IllegalArgumentException(
          "offset is " + offset + "; 0 to " + held + ", the segment's values, was needed");
    }
    if (shape.elements() > 0 && reach(shape, strides) > held - offset) {
      throw new IllegalArgumentException(
          "segment holds "
              + (held - offset)
              + " values from offset "
              + offset
              + "; shape "
              + shape
              + " with "
              + strides
              + " needs "
              + reach(shape, strides));
    }
  }

  private static long reach(FeatureShape shape, Strides strides) {
    try {
      return strides.reach(shape);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  static void copyTarget(float[] to, int toOffset, FeatureShape shape) {
    if (toOffset < 0 || shape.elements() > to.length - toOffset) {
      throw new IllegalArgumentException(
          "to has "
              + to.length
              + " elements and toOffset is "
              + toOffset
              + "; an offset of 0 or more, and "
              + shape.elements()
              + " elements from there were needed");
    }
  }
}
