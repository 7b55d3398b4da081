// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What computes a bundle's network; the answers agree within 1e-5. */
public enum Engine {
  /** DL4J, its operations prepared for serving. */
  DL4J,

  /**
   * ONNX Runtime, fed by our own export; needs {@code com.microsoft.onnxruntime:onnxruntime} on the
   * class path.
   */
  ONNX;

  /**
   * Returns the engine of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Engine named(String name) {
    for (Engine engine : values()) {
      if (engine.label().equals(name)) {
        return engine;
      }
    }
    throw new IllegalArgumentException(
        "no engine is named \"%s\", there are: %s"
            .formatted(
                name,
                Arrays.stream(values()).map(Engine::label).collect(Collectors.joining(", "))));
  }

  /** Returns the name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
