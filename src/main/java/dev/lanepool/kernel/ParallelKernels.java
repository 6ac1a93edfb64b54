package dev.lanepool.kernel;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.internal.Arguments;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Reductions on several threads, which the caller's executor provides; none is started here. The
 * calling thread works, too. Bits are those of {@link Kernels#best()}, for any number of threads.
 *
 * <p>What is split: the planes of a batch, at samples or channels; or, where there are too few
 * planes for that, the blocks of 4096 values of float32 planes in arrays without gaps, {@link
 * Layout#NCHW}, by the reductions that {@link PlaneAccumulator} takes. What is not worth it is done
 * by the calling thread alone, exactly as {@link KernelSet#reduce(Reduction, FeatureMap, float[],
 * int)} does it: maps of less than 2<sup>19</sup> values, planes of less than 2<sup>20</sup> that
 * would have to be split at blocks, less than 128 channels of an {@link Layout#NHWC} sample, and
 * memory that belongs to one thread.
 *
 * <p>How a call that is split ends, in any case only when no thread writes for it any more:
 *
 * <ul>
 *   <li>An exception or error of a part of the work is thrown as it is; parts not begun are left.
 *   <li>If the calling thread is interrupted while parts are left to begin, they are left and a
 *       {@link java.util.concurrent.CancellationException} is thrown; the thread stays interrupted.
 *   <li>Threads that the executor rejects, or has not begun with, are not waited for: the others do
 *       their work. So a call may come from a thread of the same executor.
 * </ul>
 *
 * <p>After an exception, results that were to be written may have been written or not. A call
 * allocates a few small objects and, for blocks, up to 70 KB per thread and plane. Thread-safe if
 * the executor is.
 */
public final class ParallelKernels {
  /** Values that are worth a thread of their own: some times what it takes to wake one. */
  private static final int WORTH_A_THREAD = 1 << 18;

  /** Parts of what is worth a thread: threads end at about the same time. */
  private static final int PARTS_OF_WORTH = 4;

  /** A plane must be worth so many times as much: its blocks' accumulators are made anew. */
  private static final int BLOCKS_WORTH = 2;

  /** Adjacent channels of NHWC that are worth a pass over the pixels. */
  private static final int ADJACENT = 64;

  /** Channels of NHWC that fill a line of memory. */
  private static final int LINE = 16;

  /** Accumulators of a plane for each thread. */
  private static final int PARTS_OF_THREAD = 4;

  /** Never started: what it may read, any thread may. */
  private static final Thread ANOTHER =
      Thread.ofPlatform().inheritInheritableThreadLocals(false).unstarted(() -> {});

  private final Executor executor;
  private final int threads;
  private final int worth;

  /**
   * Kernels on an executor's threads.
   *
   * @param executor runs parts of the work; stays the caller's to shut down
   * @param threads how many may work at once for a call, the calling one among them; 1 or more
   * @throws NullPointerException if executor is null
   * @throws IllegalArgumentException if threads is less than 1
   */
  public ParallelKernels(Executor executor, int threads) {
    this(executor, threads, WORTH_A_THREAD);
  }

  /** With another number of values, at least 4, that are worth a thread. */
  ParallelKernels(Executor executor, int threads, int worth) {
    this.executor = Objects.requireNonNull(executor, "executor is null; an Executor was needed");
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; 1 or more was needed");
    }
    this.threads = threads;
    this.worth = worth;
  }

  /**
   * As {@link KernelSet#reduce(Reduction, FeatureMap, float[], int)}, with its exceptions for bad
   * arguments, before anything is handed to the executor. Time is proportional to N·C·H·W by the
   * number of threads.
   *
   * @param r what to compute
   * @param x the maps
   * @param y receives N·C results, rounded once to float
   * @param yOffset where they go in y
   * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
   */
  public void reduce(Reduction r, FeatureMap x, float[] y, int yOffset) {
    Arguments.reduction(r, x, y, yOffset, null, 0);
    run(r, x, y, yOffset, null, 0);
  }

  /**
   * As {@link KernelSet#reduce(Reduction, FeatureMap, float[], int, int[], int)}, likewise.
   *
   * @param r {@link Reduction#MAX} or {@link Reduction#MIN}
   * @param x the maps, of 2^31 - 1 values per plane at most
   * @param y receives N·C results, rounded once to float
   * @param yOffset where they go in y
   * @param index receives N·C indices h·W + w within the plane, whatever the layout
   * @param indexOffset where they go in index
   * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
   */
  public void reduce(
      Reduction r, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset) {
    Arguments.indexed(r, x, index);
    Arguments.reduction(r, x, y, yOffset, index, indexOffset);
    run(r, x, y, yOffset, index, indexOffset);
  }

  private void run(
      Reduction r, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset) {
    FeatureShape shape = x.shape();
    int workers = (int) Math.min(threads, shape.elements() / worth);
    int onBlocks = (int) Math.min(threads, shape.elements() / worth / BLOCKS_WORTH);
    if (workers < 2 || !x.segment().isAccessibleBy(ANOTHER)) {
      whole(r, x, y, yOffset, index, indexOffset);
    } else if (onBlocks > 1 && shape.planes() < 2L * onBlocks && hasBlocks(r, x)) {
      blocks(onBlocks, r, x, y, yOffset, index, indexOffset);
    } else {
      planes(workers, r, x, y, yOffset, index, indexOffset);
    }
  }

  private static void whole(
      Reduction r, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset) {
    if (index == null) {
      Kernels.best().reduce(r, x, y, yOffset);
    } else {
      Kernels.best().reduce(r, x, y, yOffset, index, indexOffset);
    }
  }

  private static boolean hasBlocks(Reduction r, FeatureMap x) {
    return x.hasArray() && (x.layout() == Layout.NCHW || x.shape().c() == 1) && r.accumulates();
  }

  /** Some whole samples at a time, or some channels of one. */
  private void planes(
      int workers,
      Reduction r,
      FeatureMap x,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    FeatureShape shape = x.shape();
    int c = shape.c();
    long planes = worth / PARTS_OF_WORTH / shape.planeSize() + 1;
    if (x.layout() == Layout.NHWC) {
      int adjacent = Math.max(ADJACENT, Math.ceilDiv(c, workers * LINE) * LINE);
      planes = Math.max(planes, shape.n() < workers ? adjacent : c);
    }
    int channels = (int) Math.min(planes, c);
    int samples = (int) Math.min(planes / channels, shape.n());
    int parts = Math.ceilDiv(c, channels);
    Parts all =
        new Parts(
            Math.ceilDiv(shape.n(), samples) * parts,
            part -> {
              int first = part % parts * channels;
              int count = Math.min(channels, c - first);
              int n = part / parts * samples;
              for (int end = Math.min(n + samples, shape.n()); n < end; n++) {
                Kernels.best()
                    .reduceChannels(r, x, n, first, count, y, yOffset, index, indexOffset);
              }
            });
    all.runOn(executor, workers);
  }

  /** Some blocks of a plane at a time. */
  private void blocks(
      int workers,
      Reduction r,
      FeatureMap x,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    int size = (int) x.shape().planeSize();
    int blocks = Math.ceilDiv(size, BLOCK);
    int values = BLOCK * Math.ceilDiv(blocks, Math.min(blocks, PARTS_OF_THREAD * workers));
    int parts = Math.ceilDiv(size, values);
    PlaneAccumulator[] sums = new PlaneAccumulator[(int) x.shape().planes() * parts];
    Parts all =
        new Parts(
            sums.length,
            part -> {
              int first = part % parts * values;
              int from = x.offset() + part / parts * size + first;
              PlaneAccumulator sum = new PlaneAccumulator(r);
              sum.add(x.array(), from, Math.min(values, size - first));
              sums[part] = sum;
            });
    all.runOn(executor, workers);
    for (int part = 0; part < sums.length; part += parts) {
      for (int next = part + 1; next < part + parts; next++) {
        sums[part].merge(sums[next]);
      }
      y[yOffset + part / parts] = sums[part].result();
      if (index != null) {
        index[indexOffset + part / parts] = (int) sums[part].index();
      }
    }
  }
}
