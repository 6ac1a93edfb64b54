package dev.lanepool.kernel;

/**
 * The gradients of the kernels, written to given arrays: of a scalar loss with respect to what a
 * kernel reads, from its gradient with respect to what the kernel writes. They keep the promises of
 * {@link KernelSet}: the same bits on every backend, nothing allocated once warm, arguments checked
 * first, and its exceptions.
 */
public interface GradientKernels {
  /**
   * The gradient of {@link KernelSet#dense dense} with respect to its input, gx = gy·W. Products
   * are exact in double; each value adds them over the output index in the order of the sums and
   * rounds once. Time is proportional to rows·inputs·outputs.
   *
   * @param gy the gradient of the output, rows × outputs
   * @param gyOffset where it begins in gy
   * @param rows how many input vectors; 0 writes nothing
   * @param outputs values of an output vector; with 0, gx is all +0
   * @param weights the weights, outputs × inputs
   * @param weightsOffset where they begin in weights
   * @param inputs values of an input vector, at least 1
   * @param gx receives rows × inputs values
   * @param gxOffset where they go in gx
   */
  void denseInputGradient(
      float[] gy,
      int gyOffset,
      int rows,
      int outputs,
      float[] weights,
      int weightsOffset,
      int inputs,
      float[] gx,
      int gxOffset);

  /**
   * The gradients of {@link KernelSet#dense dense} with respect to its parameters: gW = gyᵀ·x, and
   * for the bias the column sums of gy. Products are exact in double; each value adds them over the
   * rows in the order of the sums and rounds once. Time is proportional to rows·inputs·outputs.
   *
   * @param gy the gradient of the output, rows × outputs
   * @param gyOffset where it begins in gy
   * @param rows how many input vectors; with 0, the gradients are all +0
   * @param outputs values of an output vector; 0 writes nothing
   * @param x the inputs, rows × inputs
   * @param xOffset where they begin in x
   * @param inputs values of an input vector, at least 1
   * @param gw receives outputs × inputs values
   * @param gwOffset where they go in gw
   * @param gb receives one value per output; may be the same array as gw, where the ranges are
   *     apart
   * @param gbOffset where they go in gb
   */
  void denseWeightGradient(
      float[] gy,
      int gyOffset,
      int rows,
      int outputs,
      float[] x,
      int xOffset,
      int inputs,
      float[] gw,
      int gwOffset,
      float[] gb,
      int gbOffset);
}
