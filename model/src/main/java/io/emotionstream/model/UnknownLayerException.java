// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

/** Thrown when a network has a layer that the preparation for serving does not know. */
final class UnknownLayerException extends Exception {
  private static final long serialVersionUID = 1;

  UnknownLayerException(String vertex, String fault) {
    super("layer %s: %s".formatted(vertex, fault));
  }
}
