package dev.lanepool.examples;

import dev.lanepool.drawing.Canvas;
import java.awt.image.BufferedImage;

/**
 * What a network wants of a picture.
 *
 * @param width columns
 * @param height rows
 * @param colours the order of its three channels
 * @param range what 0 to 255 become
 */
record ImageInput(int width, int height, Colours colours, Range range) {
  /** The order of the channels. */
  enum Colours {
    RGB,
    BGR
  }

  /** What grey values become. */
  enum Range {
    /** 0 to 1. */
    UNIT,
    /** −1 to 1. */
    SIGNED,
    /** 0 to 1, less the mean and divided by the standard deviation of ImageNet's colours. */
    IMAGENET
  }

  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  /**
   * Brings a picture to the size and gives its values, channel by channel.
   *
   * @return 3·height·width values
   */
  float[] of(BufferedImage picture) {
    BufferedImage scaled = Canvas.scale(picture, width, height);
    int pixels = width * height;
    int[] rgb = scaled.getRGB(0, 0, width, height, null, 0, width);
    float[] values = new float[3 * pixels];
    for (int channel = 0; channel < 3; channel++) {
      int colour = colours == Colours.RGB ? channel : 2 - channel;
      for (int i = 0; i < pixels; i++) {
        values[channel * pixels + i] = value(rgb[i] >> (16 - 8 * colour) & 0xff, colour);
      }
    }
    return values;
  }

  private float value(int level, int colour) {
    float unit = level / 255f;
    return switch (range) {
      case UNIT -> unit;
      case SIGNED -> 2 * unit - 1;
      case IMAGENET -> (unit - MEAN[colour]) / DEVIATION[colour];
    };
  }
}
