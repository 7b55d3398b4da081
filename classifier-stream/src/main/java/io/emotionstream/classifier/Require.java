// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

/** Checks of configuration values. */
final class Require {
  private Require() {}

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
