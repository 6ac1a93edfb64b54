package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import dev.lanepool.jmh.Peer;
import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * TensorFlow's Mean, Max and their kin over the spatial axis, run as a graph of one node: less
 * overhead per call than an eager session. Each call allocates its result.
 */
public final class TensorFlow implements Peer {
  private static final Map<Operation, Reduction> REDUCTIONS =
      Map.of(
          Operation.MEAN, (tf, x, axis) -> tf.math.mean(x, axis),
          Operation.SUM, (tf, x, axis) -> tf.sum(x, axis),
          Operation.MAX, (tf, x, axis) -> tf.max(x, axis),
          Operation.MIN, (tf, x, axis) -> tf.min(x, axis));

  private interface Reduction {
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, Operand<TInt32> axis);
  }

  @Override
  public String name() {
    return "tensorflow";
  }

  @Override
  public boolean supports(KernelSpec spec) {
    return REDUCTIONS.containsKey(spec.operation());
  }

  @Override
  public Prepared prepare(KernelSpec spec, FeatureShape shape, float[] x) {
    Graph graph = new Graph();
    Ops tf = Ops.create(graph);
    Shape extents = Shape.of(Axes.extents(spec.layout(), shape));
    Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(extents));
    Operand<TInt32> axis = tf.constant(Axes.spatial(spec.layout()));
    Operand<TFloat32> output = REDUCTIONS.get(spec.operation()).apply(tf, input, axis);
    TFloat32 values = TFloat32.tensorOf(extents, DataBuffers.of(x));
    ConfigProto oneThread =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(1)
            .setInterOpParallelismThreads(1)
            .build();
    NativeEnvironment.set("TF_CPP_MIN_LOG_LEVEL", "2");
    Session session = new Session(graph, oneThread);
    return new Call(session.runner().feed(input, values).fetch(output));
  }

  private static final class Call implements Prepared {
    private final Session.Runner runner;
    private Result result;

    Call(Session.Runner runner) {
      this.runner = runner;
      result = runner.run();
    }

    @Override
    public void run() {
      result.close();
      result = runner.run();
    }

    @Override
    public float[] result() {
      TFloat32 values = (TFloat32) result.get(0);
      float[] y = new float[(int) values.size()];
      values.copyTo(DataBuffers.of(y, false, false));
      return y;
    }
  }
}
