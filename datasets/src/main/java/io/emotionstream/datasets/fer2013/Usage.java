// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Split of FER-2013 that a row belongs to. The order enters the fingerprints of data sets. */
public enum Usage {
  /** 28,709 rows to train on. */
  TRAINING("Training"),
  /** 3,589 rows for public comparison: reported, never trained or selected on. */
  PUBLIC_TEST("PublicTest"),
  /** 3,589 rows for the final check. */
  PRIVATE_TEST("PrivateTest");

  private final String label;

  Usage(String label) {
    this.label = label;
  }

  /** Returns the name in the file's {@code Usage} column. */
  public String label() {
    return label;
  }

  /** Returns all names, in the order of the splits. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Usage::label).toList();
  }

  /** Returns the split of this name, in any case. */
  public static Optional<Usage> ofLabel(String label) {
    return Arrays.stream(values()).filter(usage -> usage.label.equalsIgnoreCase(label)).findFirst();
  }

  /**
   * Returns the split of this name, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Usage named(String label) {
    return ofLabel(label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no split is named \"%s\", there are: %s"
                        .formatted(label, String.join(", ", labels()))));
  }
}
