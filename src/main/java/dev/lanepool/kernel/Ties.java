package dev.lanepool.kernel;

/** Who gets the gradient of a maximum or minimum that stands at several places of a plane. */
public enum Ties {
  /** The first of them, all. */
  FIRST,

  /** Every one, an equal share. */
  SHARED
}
