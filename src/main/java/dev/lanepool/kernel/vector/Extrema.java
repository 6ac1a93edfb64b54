package dev.lanepool.kernel.vector;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.UGT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;

/**
 * Maxima and minima of floats from integer ones over their bits, which cost one instruction each,
 * where a float maximum costs six for the sake of NaN and -0.
 *
 * <p>Read as signed integers, floats without a sign are in order, NaN highest, and above all floats
 * with a sign; those are in reverse order, NaN highest again. So of the bits' signed maximum,
 * signed minimum and unsigned maximum
 *
 * <ul>
 *   <li>the signed maximum is the float maximum, if it has no sign, else the signed minimum is;
 *   <li>the unsigned maximum is the float minimum, if it has a sign, else the signed minimum is;
 *   <li>a NaN without a sign is the signed maximum, one with a sign the unsigned maximum.
 * </ul>
 *
 * <p>So the maximum of a plane with any value that has no sign needs no signed minimum, which the
 * kernels find only where all values have one. And a plane without NaN needs no unsigned maximum:
 * so most loops add up the floats instead ({@link Scratch#check}), since at 512 bits integer
 * extrema have one unit and additions another, and find the rest only where the sum is no number.
 *
 * <p>A <em>key</em> is an integer in the order of the floats: -0 below +0, NaN at the end where it
 * wins.
 */
final class Extrema {
  /** A key of NaN in a maximum. */
  private static final int NAN_MAX = Integer.MAX_VALUE;

  private static final int NAN_MIN = Integer.MIN_VALUE;

  /** The bits of infinity: above them, but for the sign, are only NaNs. */
  static final int INFINITY = 0x7f800000;

  private static final int NEGATIVE_INFINITY = 0xff800000;

  /** Takes the key of negative infinity, the lowest of numbers, to the lowest rank. */
  private static final int TURN = Integer.MIN_VALUE - (NEGATIVE_INFINITY ^ Integer.MAX_VALUE);

  private static final int NAN_RANK = INFINITY + 1 + TURN;

  private Extrema() {}

  /** Lane by lane, the bits of the maximum. */
  static IntVector max(IntVector signedMax, IntVector unsignedMax, IntVector signedMin) {
    return noSignedNaN(signedMax, signedMin)
        .blend(unsignedMax, unsignedMax.compare(UGT, NEGATIVE_INFINITY));
  }

  /**
   * Lane by lane, the key of the maximum; of NaN any key above infinity. Any negative number where
   * all values have a sign.
   */
  static IntVector maxKeys(IntVector signedMax, IntVector unsignedMax) {
    return signedMax.blend(NAN_MAX, unsignedMax.compare(UGT, NEGATIVE_INFINITY));
  }

  /** Lane by lane, the key of the maximum; of NaN any key above infinity. */
  static IntVector maxKeys(IntVector signedMax, IntVector unsignedMax, IntVector signedMin) {
    return keys(noSignedNaN(signedMax, signedMin))
        .blend(NAN_MAX, unsignedMax.compare(UGT, NEGATIVE_INFINITY));
  }

  /** The maximum of all but NaN with a sign. */
  private static IntVector noSignedNaN(IntVector signedMax, IntVector signedMin) {
    return signedMax.blend(signedMin, signedMax.compare(LT, 0));
  }

  /** Lane by lane, the bits of the minimum. */
  static IntVector min(IntVector signedMax, IntVector unsignedMax, IntVector signedMin) {
    return noUnsignedNaN(signedMin, unsignedMax).blend(signedMax, signedMax.compare(GT, INFINITY));
  }

  /** Lane by lane, the key of the minimum; of NaN any key below negative infinity. */
  static IntVector minKeys(IntVector signedMax, IntVector unsignedMax, IntVector signedMin) {
    return keys(noUnsignedNaN(signedMin, unsignedMax))
        .blend(NAN_MIN, signedMax.compare(GT, INFINITY));
  }

  /** The minimum of all but NaN without a sign. */
  private static IntVector noUnsignedNaN(IntVector signedMin, IntVector unsignedMax) {
    return signedMin.blend(unsignedMax, unsignedMax.compare(LT, 0));
  }

  /**
   * Keys of floats from their bits, and bits from keys: with a sign, the other bits flip. By AND,
   * which C2 makes one instruction of together with the XOR, where a shift would be a third.
   */
  static IntVector keys(IntVector bits) {
    return bits.lanewise(XOR, bits.lanewise(ASHR, 31).lanewise(AND, Integer.MAX_VALUE));
  }

  /**
   * Lane by lane, an integer in the order of the floats in a maximum, the same for every NaN: the
   * keys, turned so that the NaNs with a sign, which are the lowest keys, come out on top.
   */
  static IntVector ranks(IntVector bits) {
    return keys(bits).lanewise(ADD, TURN).lanewise(MIN, NAN_RANK);
  }

  /** The ranks of the values with the other sign, for minima: their keys are the complements. */
  static IntVector turnedRanks(IntVector bits) {
    IntVector turned = IntVector.broadcast(Lanes.INTS, TURN - 1).lanewise(SUB, keys(bits));
    return turned.lanewise(MIN, NAN_RANK);
  }

  /** As {@link #ranks}, of one float. */
  static int rank(int bits) {
    return Math.min((bits ^ ((bits >> 31) >>> 1)) + TURN, NAN_RANK);
  }

  /** The key of one float that is a maximum. */
  static int maxKey(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ ((bits >> 31) >>> 1);
  }

  /** The key of one float that is a minimum. */
  static int minKey(float value) {
    return value != value ? NAN_MIN : maxKey(value);
  }

  /** The float of a key. */
  static float value(int key) {
    return Float.intBitsToFloat(key ^ ((key >> 31) >>> 1));
  }
}
