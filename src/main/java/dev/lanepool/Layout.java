package dev.lanepool;

/** The order of a feature map's values in memory. */
public enum Layout {
  /** Channels first: every plane of H·W values is contiguous. */
  NCHW,

  /** Channels last: every pixel's C values are contiguous. */
  NHWC
}
