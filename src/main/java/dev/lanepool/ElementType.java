package dev.lanepool;

/** The type of a feature map's values. */
public enum ElementType {
  /** IEEE 754 binary32, a Java {@code float}. */
  FLOAT32
}
