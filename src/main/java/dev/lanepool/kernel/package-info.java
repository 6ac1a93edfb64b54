/**
 * The kernels: arrays in, arrays out, no object per call. {@link dev.lanepool.kernel.Kernels}
 * chooses a backend once; {@link dev.lanepool.kernel.KernelSet} is what every backend offers;
 * {@link dev.lanepool.kernel.KernelSpec} lists the reductions.
 *
 * <h2>The numeric promise</h2>
 *
 * The same input gives the same bits on every backend, lane width, layout, offset, thread and batch
 * position (NaN payloads aside). Sums are formed in double, in one fixed order: blocks of 4096
 * values; in a block 16 lanes, lane j adding the values whose index is j mod 16, folded by halves;
 * blocks in order. One division, one rounding to float. So a mean is the correctly rounded exact
 * mean, except within about n·2<sup>-53</sup> of mean|x| of a rounding boundary; neither 2^24 ones
 * nor values near the largest float spoil it.
 */
package dev.lanepool.kernel;
