/**
 * Channel-wise spatial reductions over CNN feature maps, in SIMD lanes: global average pooling and
 * its family, classifier heads and class activation maps.
 *
 * <p>The SIMD backend needs {@code --add-modules jdk.incubator.vector}; without it everything works
 * on the scalar backend, with the same bits.
 */
module dev.lanepool {
  requires static jdk.incubator.vector;
  requires static transitive java.desktop;

  exports dev.lanepool;
  exports dev.lanepool.kernel;
  exports dev.lanepool.layer;
  exports dev.lanepool.head;
  exports dev.lanepool.cam;
}
