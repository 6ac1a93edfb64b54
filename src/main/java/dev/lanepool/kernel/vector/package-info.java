/**
 * The kernels in SIMD lanes, bit for bit equal to the scalar ones at 128, 256 and 512 bits. The
 * only package that touches {@code jdk.incubator.vector}; no class of it may load before it is
 * known that the module is there.
 *
 * <p>There are two loop forms: over contiguous rows (the planes of NCHW, the weights of a dense
 * layer; classes {@code Row…}) and over strided pixels (NHWC, lanes are channels; classes {@code
 * Pixel…}). Methods are small and hand partial results on through a {@code double[]}, because C2
 * stops inlining in large methods and then boxes every vector.
 */
package dev.lanepool.kernel.vector;
