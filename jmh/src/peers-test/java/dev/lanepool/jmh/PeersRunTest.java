package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every peer computes what it says, on this machine. */
class PeersRunTest {
  private static final List<FeatureShape> SHAPES =
      List.of(
          new FeatureShape(1, 1, 1, 2),
          new FeatureShape(2, 5, 3, 7),
          new FeatureShape(1, 17, 7, 7),
          new FeatureShape(3, 64, 13, 13));

  static Stream<Peer> peers() {
    return Peers.all().stream();
  }

  @Test
  void everyPeerIsFound() {
    List<String> names = peers().map(Peer::name).toList();
    assertEquals(
        List.of(
            "loop-float",
            "loop-double",
            "naive-vector",
            "onnxruntime-reduce",
            "onnxruntime-pool",
            "onednn-pool",
            "onednn-reduce",
            "pytorch",
            "tensorflow"),
        names);
    assertEquals(names.size(), new HashSet<>(names).size());
  }

  @ParameterizedTest
  @MethodSource("peers")
  void computesWhatItSupports(Peer peer) {
    List<KernelSpec> supported =
        KernelSpec.all().stream()
            .filter(KernelSpec::isOfFloatArrays)
            .filter(peer::supports)
            .toList();
    assertTrue(supported.stream().anyMatch(spec -> spec.operation() == Operation.MEAN));
    for (KernelSpec spec : supported) {
      for (FeatureShape shape : SHAPES) {
        // throws where the peer is wrong
        Peers.prepare(peer.name(), spec, shape).close();
      }
    }
  }

  @Test
  void whatIsNotThereGetsOneLine() {
    KernelSpec both = KernelNames.find("MEAN_MAX_FLOAT32_NCHW");
    FeatureShape shape = SHAPES.get(0);
    assertEquals(
        "pytorch has no MEAN_MAX_FLOAT32_NCHW",
        assertThrows(UserException.class, () -> Peers.prepare("pytorch", both, shape))
            .getMessage());
    assertTrue(
        assertThrows(UserException.class, () -> Peers.find("caffe"))
            .getMessage()
            .startsWith("there is no peer caffe; one of loop-float, "));
  }
}
