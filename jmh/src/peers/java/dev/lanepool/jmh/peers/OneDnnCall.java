package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.jmh.Peer;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** A oneDNN primitive on one thread; input and output are made once, in oneDNN's own memory. */
final class OneDnnCall implements Peer.Prepared {
  static {
    NativeEnvironment.set("OMP_NUM_THREADS", "1");
  }

  /** The CPU. */
  static final engine CPU = new engine(dnnl.dnnl_cpu, 0);

  private final stream stream = new stream(CPU);
  private final primitive primitive;
  private final memory output;
  private final int results;
  private final IntMemoryMap arguments;

  /** A primitive from the input's memory to the output's. */
  OneDnnCall(primitive primitive, memory.desc input, memory.desc output, float[] x, int results) {
    this.primitive = primitive;
    this.output = new memory(output, CPU);
    this.results = results;
    memory values = new memory(input, CPU);
    new FloatPointer(values.get_data_handle()).put(x);
    arguments =
        new IntMemoryMap().put(dnnl.DNNL_ARG_SRC, values).put(dnnl.DNNL_ARG_DST, this.output);
  }

  /** Float maps in a layout. oneDNN names the axes N, C, H, W in both layouts. */
  static memory.desc maps(FeatureShape shape, Layout layout) {
    return describe(layout, shape.n(), shape.c(), shape.h(), shape.w());
  }

  /** One float per channel and sample. */
  static memory.desc pooled(FeatureShape shape, Layout layout) {
    return describe(layout, shape.n(), shape.c(), 1, 1);
  }

  private static memory.desc describe(Layout layout, long... extents) {
    memory.format_tag tag = layout == Layout.NCHW ? memory.format_tag.nchw : memory.format_tag.nhwc;
    return new memory.desc(extents, memory.data_type.f32, tag);
  }

  @Override
  public void run() {
    primitive.execute(stream, arguments);
    stream._wait();
  }

  @Override
  public float[] result() {
    float[] y = new float[results];
    new FloatPointer(output.get_data_handle()).get(y);
    return y;
  }
}
