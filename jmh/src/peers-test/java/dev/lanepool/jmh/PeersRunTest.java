package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every peer computes what it says, on this machine. */
class PeersRunTest {
  private static final List<String> SHAPES =
      List.of("1x1x1x2", "2x5x3x7", "1x17x7x7", "3x64x13x13", "1x7x3", "3x100x10");

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
            "loop-contract",
            "naive-vector",
            "onnxruntime-reduce",
            "onnxruntime-pool",
            "onnxruntime-gemm",
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
    List<Kernel> supported =
        Workloads.kernels().stream().filter(kernel -> Peers.has(peer, kernel)).toList();
    assertFalse(supported.isEmpty());
    for (Kernel kernel : supported) {
      for (String shape : SHAPES) {
        if (kernel.takes(shape)) {
          // throws where the peer is wrong
          Peers.prepare(peer.name(), kernel, shape).close();
        }
      }
    }
  }

  @Test
  void whatIsNotThereGetsOneLine() {
    Kernel both = Workloads.get("MEAN_MAX_FLOAT32_NCHW");
    String shape = SHAPES.get(0);
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
