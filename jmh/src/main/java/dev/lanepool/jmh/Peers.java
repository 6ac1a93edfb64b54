package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSpec;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/** The peers in this jar. */
final class Peers {
  /** How to get a jar with peers. */
  static final String HOW =
      "\"./mvnw -f jmh/pom.xml -Ppeers package\" builds jmh/target/peers/benchmarks.jar, which has"
          + " them";

  /** Which of JMH's benchmarks measures them; it is in the jar with the peers only. */
  static final String BENCHMARK = "^dev\\.lanepool\\.jmh\\.PeerBenchmark\\.";

  private Peers() {}

  /** All of them; none in the ordinary jar. */
  static List<Peer> all() {
    return ServiceLoader.load(Peer.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /** All of them; fails in the ordinary jar. */
  static List<Peer> available() {
    return needed(all());
  }

  /** Fails where there are none. */
  static List<Peer> needed(List<Peer> all) {
    if (all.isEmpty()) {
      throw new UserException("this jar has no peers; " + HOW);
    }
    return all;
  }

  /** The peer with a name. */
  static Peer find(String name) {
    List<Peer> all = available();
    return all.stream()
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "there is no peer " + name + "; one of " + names(all) + " was needed"));
  }

  /**
   * A peer's call on the benchmarks' values, after it has shown that it computes the right thing.
   *
   * @throws UserException if the peer lacks the kernel, can't be loaded here, or is wrong
   */
  static Peer.Prepared prepare(String name, Kernel kernel, String shape) {
    Peer peer = find(name);
    if (!has(peer, kernel)) {
      throw new UserException(name + " has no " + kernel.name());
    }
    int[] extents = Shapes.extents(shape);
    return kernel.reduction().isPresent()
        ? prepare(peer, kernel.reduction().get(), Shapes.maps(extents))
        : prepare(peer, Peer.Dense.of(extents));
  }

  private static Peer.Prepared prepare(Peer peer, KernelSpec spec, FeatureShape shape) {
    float[] x = Inputs.gaussian(shape.elements());
    Peer.Prepared prepared = loaded(peer, () -> peer.prepare(spec, shape, x));
    DoubleReference.check(peer.name(), spec, shape, x, prepared.result());
    return prepared;
  }

  private static Peer.Prepared prepare(Peer peer, Peer.Dense dense) {
    Peer.Prepared prepared = loaded(peer, () -> peer.prepare(dense));
    DoubleReference.check(peer.name(), dense, prepared.result());
    return prepared;
  }

  /** A peer's call, after the first one. */
  private static Peer.Prepared loaded(Peer peer, Callable<Peer.Prepared> preparation) {
    try {
      Peer.Prepared prepared = preparation.call();
      prepared.run();
      return prepared;
    } catch (Exception | LinkageError e) {
      throw new UserException(peer.name() + " can't be had on this machine: " + e);
    }
  }

  static boolean has(Peer peer, Kernel kernel) {
    return kernel
        .reduction()
        .map(spec -> spec.isOfFloatArrays() && peer.supports(spec))
        .orElse(kernel.name().equals(DenseLayer.NAME) && peer.supportsDense());
  }

  /** The names of those to be measured beside a case. */
  static List<String> beside(Case of, List<Peer> peers) {
    if (of.mode() != Mode.HOT && of.mode() != Mode.SWEEP) {
      return List.of();
    }
    Kernel kernel = Workloads.get(of.kernel());
    return peers.stream().filter(peer -> has(peer, kernel)).map(Peer::name).toList();
  }

  private static String names(List<Peer> peers) {
    return String.join(", ", peers.stream().map(Peer::name).toList());
  }
}
