package dev.lanepool.kernel.internal;

import static dev.lanepool.kernel.internal.Arguments.apart;
import static dev.lanepool.kernel.internal.Arguments.array;

import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.Ties;
import java.util.Objects;

/** As {@link Arguments}, with a selection. */
public final class SelectionArguments {
  private SelectionArguments() {}

  /** Checks a selection for a reduction whose other arguments were checked. */
  public static void selection(Reduction r, FeatureMap x, Selection selection) {
    Objects.requireNonNull(selection, "selection is null; a Selection was needed");
    if (!selection.fits(x.shape())) {
      throw new IllegalArgumentException(
          "selection is " + selection + "; N, H and W of the maps " + x.shape() + " were needed");
    }
    for (int n = 0; n < x.shape().n(); n++) {
      if (!selection.hasElse() && !selection.suffices(r, n)) {
        throw new IllegalArgumentException(
            "selection has the total "
                + selection.total(n)
                + " in sample "
                + n
                + "; more than "
                + r.correction()
                + " was needed for "
                + r
                + ", or a value by orElse");
      }
    }
  }

  /** Checks the gradient of a reduction. */
  public static void gradient(
      Reduction r,
      Ties ties,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    GradientArguments.reduction(r, ties, x, gy, gyOffset, gx, gxOffset);
    selection(r, x, selection);
  }

  /** Checks the gradient of the weights. */
  public static void weightGradient(
      Reduction r,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gw,
      int gwOffset) {
    Arguments.map(r, x);
    if (r != Reduction.MEAN && r != Reduction.SUM) {
      throw new IllegalArgumentException("r is " + r + "; MEAN or SUM was needed");
    }
    selection(r, x, selection);
    long planes = x.shape().planes();
    long pixels = x.shape().n() * x.shape().planeSize();
    array("gy", gy, gyOffset, planes);
    array("gw", gw, gwOffset, pixels);
    apart("gw", gw, gwOffset, pixels, "gy", gy, gyOffset, planes);
    apart("gw", gw, gwOffset, pixels, x);
  }
}
