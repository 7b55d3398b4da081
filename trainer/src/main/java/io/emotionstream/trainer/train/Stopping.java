// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import java.util.Locale;

/**
 * Which epoch is the best, and when to stop for want of a better one.
 *
 * @param by what is compared on the validation faces
 * @param patience epochs without a better one after which to stop; 0 never stops
 */
public record Stopping(Measure by, int patience) {
  /** The best accuracy; never stops early. */
  public static final Stopping STANDARD = new Stopping(Measure.ACCURACY, 0);

  public Stopping {
    if (patience < 0) {
      throw new IllegalArgumentException("patience must be at least 0, was " + patience);
    }
  }

  /** What can be compared. */
  public enum Measure {
    /** Greater is better. */
    ACCURACY,
    /** Mean cross-entropy; less is better. */
    LOSS;

    /** Returns the name on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a number that is greater for a better epoch. */
    double merit(EpochResult result) {
      return this == ACCURACY ? result.validationAccuracy() : -result.validationLoss();
    }
  }
}
