// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Split of FER-2013 that a row belongs to. */
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

  /**
   * Returns the split of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Usage named(String label) {
    return ofLabel(label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no split is named \"%s\", there are: %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(Usage::label)
                                .collect(Collectors.joining(", ")))));
  }

  static Optional<Usage> ofLabel(String label) {
    for (Usage usage : values()) {
      if (usage.label.equals(label)) {
        return Optional.of(usage);
      }
    }
    return Optional.empty();
  }
}
