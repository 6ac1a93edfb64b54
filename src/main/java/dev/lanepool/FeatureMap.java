package dev.lanepool;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A batch of feature maps [N, C, H, W]: a view of values in an array or a {@link MemorySegment},
 * with their type, layout, shape and strides. Nothing is copied: who changes the storage changes
 * the map. Immutable apart from that.
 */
public final class FeatureMap {
  private final MemorySegment segment;

  /** The heap array behind the segment; null where there is none, or it may only be read. */
  private final Object base;

  private final long offset;
  private final ElementType type;
  private final Layout layout;
  private final FeatureShape shape;
  private final Strides strides;
  private final boolean dense;

  private FeatureMap(
      MemorySegment segment,
      Object base,
      long offset,
      ElementType type,
      Layout layout,
      FeatureShape shape,
      Strides strides) {
    this.segment = segment;
    this.base = base;
    this.offset = offset;
    this.type = type;
    this.layout = layout;
    this.shape = shape;
    this.strides = strides;
    this.dense = shape.elements() == 0 || strides.isDense(layout, shape);
  }

  /**
   * A view of an array from its beginning.
   *
   * @param array the values; may be longer than the shape needs
   * @param layout their order
   * @param shape the extents
   * @return the view
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the array is shorter than the shape needs
   */
  public static FeatureMap of(float[] array, Layout layout, FeatureShape shape) {
    return of(array, 0, layout, shape);
  }

  /**
   * A view of a part of an array.
   *
   * @param array the values
   * @param offset where the first value lies, in elements
   * @param layout their order
   * @param shape the extents
   * @return the view
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the offset is negative, or if the array holds fewer values
   *     from there than the shape needs
   */
  public static FeatureMap of(float[] array, int offset, Layout layout, FeatureShape shape) {
    Objects.requireNonNull(array, "array is null; a float[] was needed");
    MapArguments.layoutAndShape(layout, shape);
    MapArguments.array(array.length, offset, shape);
    MemorySegment segment = MemorySegment.ofArray(array);
    Strides strides = Strides.dense(layout, shape);
    return new FeatureMap(segment, array, offset, ElementType.FLOAT32, layout, shape, strides);
  }

  /**
   * A view of an array of {@link ElementType#FLOAT64} from its beginning.
   *
   * @param array the values; may be longer than the shape needs
   * @param layout their order
   * @param shape the extents
   * @return the view
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the array is shorter than the shape needs
   */
  public static FeatureMap of(double[] array, Layout layout, FeatureShape shape) {
    Objects.requireNonNull(array, "array is null; a double[] was needed");
    return ofArray(MemorySegment.ofArray(array), ElementType.FLOAT64, layout, shape);
  }

  /**
   * A view of an array of 16-bit floats from its beginning.
   *
   * @param array the bits of the values; may be longer than the shape needs
   * @param type {@link ElementType#FLOAT16} or {@link ElementType#BFLOAT16}
   * @param layout their order
   * @param shape the extents
   * @return the view
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the type has not 16 bits, or if the array is shorter than
   *     the shape needs
   */
  public static FeatureMap of(short[] array, ElementType type, Layout layout, FeatureShape shape) {
    Objects.requireNonNull(array, "array is null; a short[] was needed");
    MapArguments.type(type, Short.BYTES, "FLOAT16 or BFLOAT16");
    return ofArray(MemorySegment.ofArray(array), type, layout, shape);
  }

  /**
   * A view of an array of bytes from its beginning.
   *
   * @param array the values; may be longer than the shape needs
   * @param type {@link ElementType#INT8} or {@link ElementType#UINT8}
   * @param layout their order
   * @param shape the extents
   * @return the view
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the type has not 8 bits, or if the array is shorter than
   *     the shape needs
   */
  public static FeatureMap of(byte[] array, ElementType type, Layout layout, FeatureShape shape) {
    Objects.requireNonNull(array, "array is null; a byte[] was needed");
    MapArguments.type(type, Byte.BYTES, "INT8 or UINT8");
    return ofArray(MemorySegment.ofArray(array), type, layout, shape);
  }

  private static FeatureMap ofArray(
      MemorySegment segment, ElementType type, Layout layout, FeatureShape shape) {
    MapArguments.layoutAndShape(layout, shape);
    MapArguments.array((int) (segment.byteSize() / type.bytes()), 0, shape);
    return of(segment, type, layout, shape);
  }

  /**
   * A view of native, mapped or heap memory, in the machine's own byte order.
   *
   * @param segment the values; may be longer than the shape needs
   * @param type what they are
   * @param layout their order
   * @param shape the extents
   * @return the view
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the segment is shorter than the shape needs, or if its
   *     address is no multiple of the type's size
   * @throws IllegalStateException if the segment is closed
   * @throws WrongThreadException if it belongs to another thread
   */
  public static FeatureMap of(
      MemorySegment segment, ElementType type, Layout layout, FeatureShape shape) {
    MapArguments.layoutAndShape(layout, shape);
    return strided(segment, type, 0, layout, shape, Strides.dense(layout, shape));
  }

  /**
   * A view of a buffer from its position on, such as the tensors of other runtimes are.
   *
   * @param buffer the values, in the machine's own byte order; a new buffer has another
   * @param type what they are
   * @param layout their order
   * @param shape the extents
   * @return the view
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the buffer's order is not the machine's, and as {@link
   *     #of(MemorySegment, ElementType, Layout, FeatureShape)}
   */
  public static FeatureMap of(
      ByteBuffer buffer, ElementType type, Layout layout, FeatureShape shape) {
    MapArguments.order(buffer);
    return of(MemorySegment.ofBuffer(buffer), type, layout, shape);
  }

  /**
   * A view of memory whose values do not lie one behind the other: a part of a larger map, or rows
   * with padding.
   *
   * @param segment where the values are
   * @param type what they are
   * @param offset where the first one lies, in elements
   * @param layout their order, the closest there is: it decides how they are read, not what results
   * @param shape the extents
   * @param strides how far apart the values lie, in elements
   * @return the view
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the offset is negative, if the segment ends before the last
   *     value, or if its address is no multiple of the type's size
   * @throws IllegalStateException if the segment is closed
   * @throws WrongThreadException if it belongs to another thread
   */
  public static FeatureMap strided(
      MemorySegment segment,
      ElementType type,
      long offset,
      Layout layout,
      FeatureShape shape,
      Strides strides) {
    MapArguments.layoutAndShape(layout, shape);
    Objects.requireNonNull(type, "type is null; an ElementType was needed");
    Objects.requireNonNull(strides, "strides is null; Strides were needed");
    MapArguments.segment(segment, type);
    MapArguments.reach(segment, type, offset, shape, strides);
    Object base = segment.isReadOnly() ? null : segment.heapBase().orElse(null);
    return new FeatureMap(segment, base, offset, type, layout, shape, strides);
  }

  /**
   * A map of zeros over a new float array.
   *
   * @param layout the order of its values
   * @param shape its extents
   * @return the map
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the shape has more values than an array can hold
   */
  public static FeatureMap allocate(Layout layout, FeatureShape shape) {
    return allocate(ElementType.FLOAT32, layout, shape);
  }

  /**
   * A map of zeros over a new array of the type: float[], double[], short[] or byte[].
   *
   * @param type what the values are
   * @param layout their order
   * @param shape the extents
   * @return the map
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the shape has more values than an array can hold
   */
  public static FeatureMap allocate(ElementType type, Layout layout, FeatureShape shape) {
    Objects.requireNonNull(type, "type is null; an ElementType was needed");
    int length = MapArguments.arrayLength(shape);
    return switch (type) {
      case FLOAT32 -> of(new float[length], layout, shape);
      case FLOAT64 -> of(new double[length], layout, shape);
      case FLOAT16, BFLOAT16 -> of(new short[length], type, layout, shape);
      case INT8, UINT8 -> of(new byte[length], type, layout, shape);
    };
  }

  /**
   * The float array behind a map without gaps, not a copy.
   *
   * @return the array given to {@code of}
   * @throws IllegalStateException if the values are of another type, in other storage, or with gaps
   *     between them: {@link #copyTo(float[], int, Layout)} serves all
   */
  public float[] array() {
    if (dense && type == ElementType.FLOAT32 && base instanceof float[]) {
      return (float[]) base;
    }
    throw new IllegalStateException(
        "the map " + this + " is no float[] without gaps; array() needs one");
  }

  /**
   * Whether the values are float32 in an array on the heap, without gaps: {@link #array()} serves.
   *
   * @return true if so
   */
  public boolean hasArray() {
    return dense && type == ElementType.FLOAT32 && base instanceof float[];
  }

  /**
   * Where the map begins in its array.
   *
   * @return the index of its first value in {@link #array()}
   * @throws IllegalStateException as {@link #array()}
   */
  public int offset() {
    array();
    return (int) (segment.address() / Float.BYTES + offset);
  }

  /**
   * The storage.
   *
   * @return the segment that the values are in; a heap segment for an array
   */
  public MemorySegment segment() {
    return segment;
  }

  /**
   * The heap array that the values are in.
   *
   * @return the array; null for native memory and for what may only be read
   */
  public Object base() {
    return base;
  }

  /**
   * Where the map begins in its segment.
   *
   * @return the place of its first value, in elements
   */
  public long position() {
    return offset;
  }

  /**
   * The place of a value.
   *
   * @param n sample, 0 to N - 1
   * @param c channel, 0 to C - 1
   * @param h row, 0 to H - 1
   * @param w column, 0 to W - 1
   * @return where it lies in {@link #segment()}, in elements
   * @throws IndexOutOfBoundsException if an index is outside its extent
   */
  public long position(int n, int c, int h, int w) {
    Objects.checkIndex(n, shape.n());
    Objects.checkIndex(c, shape.c());
    Objects.checkIndex(h, shape.h());
    Objects.checkIndex(w, shape.w());
    return offset
        + n * strides.batch()
        + c * strides.channel()
        + h * strides.row()
        + w * strides.column();
  }

  /**
   * The order of the values.
   *
   * @return the layout
   */
  public Layout layout() {
    return layout;
  }

  /**
   * The extents.
   *
   * @return the shape
   */
  public FeatureShape shape() {
    return shape;
  }

  /**
   * How far apart the values lie.
   *
   * @return the strides
   */
  public Strides strides() {
    return strides;
  }

  /**
   * Whether the values lie one behind the other, in the order of the layout.
   *
   * @return true where there is no gap
   */
  public boolean isDense() {
    return dense;
  }

  /**
   * The type of the values.
   *
   * @return the element type
   */
  public ElementType type() {
    return type;
  }

  /**
   * One value, rounded to float where it is a float64.
   *
   * @param n sample, 0 to N - 1
   * @param c channel, 0 to C - 1
   * @param h row, 0 to H - 1
   * @param w column, 0 to W - 1
   * @return the value there
   * @throws IndexOutOfBoundsException if an index is outside its extent
   */
  public float get(int n, int c, int h, int w) {
    return (float) getDouble(n, c, h, w);
  }

  /**
   * One value, exactly.
   *
   * @param n sample, 0 to N - 1
   * @param c channel, 0 to C - 1
   * @param h row, 0 to H - 1
   * @param w column, 0 to W - 1
   * @return the value there
   * @throws IndexOutOfBoundsException if an index is outside its extent
   */
  public double getDouble(int n, int c, int h, int w) {
    return type.read(segment, position(n, c, h, w) * type.bytes());
  }

  /**
   * One sample of the batch, as a view of the same storage.
   *
   * @param n sample, 0 to N - 1
   * @return the map [1, C, H, W]
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public FeatureMap sample(int n) {
    Objects.checkIndex(n, shape.n());
    return part(n * strides.batch(), new FeatureShape(1, shape.c(), shape.h(), shape.w()));
  }

  /**
   * A rectangle of every plane, as a view of the same storage.
   *
   * @param top its first row
   * @param left its first column
   * @param height how many rows
   * @param width how many columns
   * @return the map [N, C, height, width]
   * @throws IndexOutOfBoundsException if the rectangle is not within the planes
   */
  public FeatureMap crop(int top, int left, int height, int width) {
    Objects.checkFromIndexSize(top, height, shape.h());
    Objects.checkFromIndexSize(left, width, shape.w());
    long from = top * strides.row() + left * strides.column();
    FeatureShape part = new FeatureShape(shape.n(), shape.c(), height, width);
    return part(part.elements() == 0 ? 0 : from, part);
  }

  /**
   * The patches of a picture among tokens, as a view of the same storage: a map that is pooled
   * without the tokens before them, such as the class token, and that a class activation map
   * explains place by place.
   *
   * @param first tokens before the patches: 1 for a class token alone
   * @param height rows of patches
   * @param width columns of patches
   * @return the map [N, C, height, width]
   * @throws IllegalArgumentException if this map has more than one row
   * @throws IndexOutOfBoundsException if there are not so many tokens
   */
  public FeatureMap patches(int first, int height, int width) {
    if (shape.h() != 1) {
      throw new IllegalArgumentException(
          "the map has the shape " + shape + "; tokens, [N, C, 1, T], were needed");
    }
    FeatureShape part = new FeatureShape(shape.n(), shape.c(), height, width);
    Objects.checkFromIndexSize(first, part.planeSize(), shape.w());
    Strides rows =
        new Strides(strides.batch(), strides.channel(), width * strides.column(), strides.column());
    long from = part.elements() == 0 ? 0 : first * strides.column();
    return new FeatureMap(segment, base, offset + from, type, layout, part, rows);
  }

  private FeatureMap part(long from, FeatureShape part) {
    return new FeatureMap(segment, base, offset + from, type, layout, part, strides);
  }

  /**
   * Whether writing to one map may change the other: their ranges in memory meet. Maps that
   * interleave without sharing a value, such as two crops side by side, count as overlapping. A
   * read-only segment of an array is not recognised as that array.
   *
   * @param other another map
   * @return true where they have memory in common
   * @throws NullPointerException if other is null
   */
  public boolean overlaps(FeatureMap other) {
    boolean sameMemory =
        segment.isNative() ? other.segment.isNative() : base != null && base == other.base;
    return sameMemory
        && shape.elements() != 0
        && other.shape.elements() != 0
        && firstByte() < other.endByte()
        && other.firstByte() < endByte();
  }

  private long firstByte() {
    return segment.address() + offset * type.bytes();
  }

  private long endByte() {
    return firstByte() + strides.reach(shape) * type.bytes();
  }

  /**
   * Checks that the calling thread may read the storage now.
   *
   * @throws IllegalStateException if the segment was closed
   * @throws WrongThreadException if it belongs to another thread
   */
  public void checkAccess() {
    MapArguments.access(segment);
  }

  /**
   * The same values in another order: this map itself if it has that layout, else a copy.
   *
   * @param wanted the layout of the result
   * @return a map with that layout, equal value for value
   * @throws NullPointerException if wanted is null
   */
  public FeatureMap toLayout(Layout wanted) {
    Objects.requireNonNull(wanted, "wanted is null; NCHW or NHWC was needed");
    if (wanted == layout) {
      return this;
    }
    FeatureMap copy = allocate(type, wanted, shape);
    MapCopies.copy(this, copy);
    return copy;
  }

  /**
   * The same values in another type: this map itself if it has that type, else a copy without gaps,
   * each value rounded once.
   *
   * @param wanted the type of the result
   * @return a map of that type
   * @throws NullPointerException if wanted is null
   */
  public FeatureMap toType(ElementType wanted) {
    if (wanted == type) {
      return this;
    }
    FeatureMap copy = allocate(wanted, layout, shape);
    MapCopies.copy(this, copy);
    return copy;
  }

  /**
   * Writes the values to another map, each rounded once to its type.
   *
   * @param to receives them; may not overlap this map
   * @throws NullPointerException if to is null
   * @throws IllegalArgumentException if to has another shape
   */
  public void copyTo(FeatureMap to) {
    if (!to.shape.equals(shape)) {
      throw new IllegalArgumentException(
          "to has the shape " + to.shape + "; " + shape + " was needed");
    }
    if (hasArray() && to.hasArray()) {
      copyTo(to.array(), to.offset(), to.layout);
    } else {
      MapCopies.copy(this, to);
    }
  }

  /**
   * Writes the values to an array in a given order, rounded to float where they are float64.
   *
   * @param to receives N·C·H·W values; may not be a part of this map
   * @param toOffset where the first one goes
   * @param wanted the order there
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the offset is negative, or if the array has not enough room
   */
  public void copyTo(float[] to, int toOffset, Layout wanted) {
    Objects.requireNonNull(to, "to is null; a float[] was needed");
    Objects.requireNonNull(wanted, "wanted is null; NCHW or NHWC was needed");
    MapArguments.copyTarget(to, toOffset, shape);
    if (hasArray()) {
      MapCopies.copy((float[]) base, (int) offset, layout, shape, to, toOffset, wanted);
    } else {
      MapCopies.copy(this, of(to, toOffset, wanted, shape));
    }
  }

  /**
   * Type, layout, shape and storage, such as {@code FLOAT16 NHWC [1, 768, 14, 14] in a short[]}.
   */
  @Override
  public String toString() {
    String storage =
        base == null
            ? segment.isNative() ? "native memory" : "a heap segment"
            : "a " + base.getClass().getSimpleName();
    return type + " " + layout + " " + shape + (dense ? "" : " with gaps") + " in " + storage;
  }
}
