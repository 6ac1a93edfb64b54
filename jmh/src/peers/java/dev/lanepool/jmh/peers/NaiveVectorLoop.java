package dev.lanepool.jmh.peers;

import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Map;

/**
 * The Vector API as its tutorials use it: one float accumulator, {@code reduceLanes}, a tail. The
 * loops are a class of their own, so that a JVM without the incubator module can list this peer.
 */
public final class NaiveVectorLoop extends LoopPeer {
  /** The loops of mean, sum and maximum. */
  public NaiveVectorLoop() {
    super(
        "naive-vector",
        Map.of(
            Operation.MEAN, (x, shape, y) -> NaiveVectors.meanRows(x, shape, y),
            Operation.SUM, (x, shape, y) -> NaiveVectors.sumRows(x, shape, y),
            Operation.MAX, (x, shape, y) -> NaiveVectors.maxRows(x, shape, y)),
        Map.of(
            Operation.MEAN, (x, shape, y) -> NaiveVectors.meanPixels(x, shape, y),
            Operation.SUM, (x, shape, y) -> NaiveVectors.sumPixels(x, shape, y),
            Operation.MAX, (x, shape, y) -> NaiveVectors.maxPixels(x, shape, y)));
  }
}
