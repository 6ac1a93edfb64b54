package dev.lanepool.jmh.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.lanepool.FeatureShape;
import dev.lanepool.jmh.Peer;
import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * PyTorch through DJL: mean, amax and their kin over the spatial axis of a tensor in the layout's
 * own order, which is what channels_last is in memory. Each call allocates its result.
 */
public final class PyTorch implements Peer {
  private static final Map<Operation, Reduction> REDUCTIONS =
      Map.of(
          Operation.MEAN, (x, axis) -> x.mean(new int[] {axis}),
          Operation.SUM, (x, axis) -> x.sum(new int[] {axis}),
          Operation.MAX, (x, axis) -> x.max(new int[] {axis}),
          Operation.MIN, (x, axis) -> x.min(new int[] {axis}),
          Operation.ARG_MAX, NDArray::argMax);

  private interface Reduction {
    NDArray apply(NDArray x, int axis);
  }

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public boolean supports(KernelSpec spec) {
    return REDUCTIONS.containsKey(spec.operation());
  }

  @Override
  public Prepared prepare(KernelSpec spec, FeatureShape shape, float[] x) {
    NDManager manager = engine().newBaseManager(Device.cpu());
    NDArray input = manager.create(x, new Shape(Axes.extents(spec.layout(), shape)));
    Reduction reduction = REDUCTIONS.get(spec.operation());
    int axis = Axes.spatial(spec.layout());
    return new Call(manager, input, values -> reduction.apply(values, axis));
  }

  @Override
  public boolean supportsDense() {
    return true;
  }

  @Override
  public Prepared prepare(Dense dense) {
    NDManager manager = engine().newBaseManager(Device.cpu());
    NDArray x = manager.create(dense.x(), new Shape(dense.rows(), dense.inputs()));
    NDArray weights = manager.create(dense.weights(), new Shape(dense.outputs(), dense.inputs()));
    NDArray bias = manager.create(dense.bias());
    return new Call(manager, x, values -> linear(values, weights, bias));
  }

  /** The list that DJL gives the result in belongs to no manager: only the result is closed. */
  private static NDArray linear(NDArray x, NDArray weights, NDArray bias) {
    return x.getNDArrayInternal().linear(x, weights, bias).singletonOrThrow();
  }

  private static Engine engine() {
    System.setProperty("ai.djl.offline", "true");
    NativeEnvironment.set("OMP_NUM_THREADS", "1");
    Engine engine = Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(1);
    return engine;
  }

  private static final class Call implements Prepared {
    private final NDManager manager;
    private final NDArray input;
    private final UnaryOperator<NDArray> operation;
    private NDArray output;

    Call(NDManager manager, NDArray input, UnaryOperator<NDArray> operation) {
      this.manager = manager;
      this.input = input;
      this.operation = operation;
      run();
    }

    @Override
    public void run() {
      NDArray before = output;
      output = operation.apply(input);
      if (before != null) {
        before.close();
      }
    }

    @Override
    public float[] result() {
      return output.toType(DataType.FLOAT32, false).toFloatArray();
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
