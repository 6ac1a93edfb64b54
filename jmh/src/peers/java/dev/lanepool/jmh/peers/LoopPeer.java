package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.jmh.Peer;
import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Map;

/** A peer that is one Java loop per operation and layout. */
abstract class LoopPeer implements Peer {
  /** From N·C·H·W values to N·C results. */
  interface Loop {
    void run(float[] x, FeatureShape shape, float[] y);
  }

  private final String name;
  private final Map<Operation, Loop> rows;
  private final Map<Operation, Loop> pixels;

  /** A peer with its loops over NCHW and over NHWC maps. */
  LoopPeer(String name, Map<Operation, Loop> rows, Map<Operation, Loop> pixels) {
    this.name = name;
    this.rows = rows;
    this.pixels = pixels;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean supports(KernelSpec spec) {
    return loops(spec).containsKey(spec.operation());
  }

  @Override
  public final Prepared prepare(KernelSpec spec, FeatureShape shape, float[] x) {
    Loop loop = loops(spec).get(spec.operation());
    float[] y = new float[(int) shape.planes()];
    return new Prepared() {
      @Override
      public void run() {
        loop.run(x, shape, y);
      }

      @Override
      public float[] result() {
        return y;
      }
    };
  }

  private Map<Operation, Loop> loops(KernelSpec spec) {
    return spec.layout() == Layout.NCHW ? rows : pixels;
  }

  static void divide(float[] y, float n) {
    for (int i = 0; i < y.length; i++) {
      y[i] /= n;
    }
  }
}
