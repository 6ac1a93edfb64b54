package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSpec;
import java.util.List;
import java.util.ServiceLoader;

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
  static Peer.Prepared prepare(String name, KernelSpec spec, FeatureShape shape) {
    Peer peer = find(name);
    if (!spec.isOfFloatArrays() || !peer.supports(spec)) {
      throw new UserException(name + " has no " + KernelNames.name(spec));
    }
    float[] x = Inputs.gaussian(shape.elements());
    float[] result;
    Peer.Prepared prepared;
    try {
      prepared = peer.prepare(spec, shape, x);
      prepared.run();
      result = prepared.result();
    } catch (Exception | LinkageError e) {
      throw new UserException(name + " can't be had on this machine: " + e);
    }
    DoubleReference.check(name, spec, shape, x, result);
    return prepared;
  }

  /** The names of those to be measured beside a case. */
  static List<String> beside(Case of, List<Peer> peers) {
    boolean hot = of.mode() == Mode.HOT || of.mode() == Mode.SWEEP;
    if (!hot || of.kernel().equals(DenseLayer.NAME)) {
      return List.of();
    }
    KernelSpec spec = KernelNames.find(of.kernel());
    return peers.stream().filter(peer -> peer.supports(spec)).map(Peer::name).toList();
  }

  private static String names(List<Peer> peers) {
    return String.join(", ", peers.stream().map(Peer::name).toList());
  }
}
