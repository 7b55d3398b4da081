// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The face detectors there are. */
public enum DetectorKind {
  /** {@link BlazeFaceDetector}: better, faster, and knows where the eyes are. */
  BLAZEFACE {
    @Override
    public FaceDetector open() {
      return new BlazeFaceDetector();
    }
  },
  /** {@link CascadeDetector}: OpenCV's, of 2002's method. */
  CASCADE {
    @Override
    public FaceDetector open() {
      return new CascadeDetector();
    }
  };

  /**
   * Makes a detector of this kind.
   *
   * @throws IllegalStateException if its model or the native library cannot be loaded
   */
  public abstract FaceDetector open();

  /** Returns the name in settings. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the kind of this {@link #id()}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DetectorKind of(String id) {
    return Arrays.stream(values())
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(id)));
  }

  private static String unknown(String id) {
    String known =
        Arrays.stream(values()).map(DetectorKind::id).collect(Collectors.joining(" or "));
    return "face detector '%s' is unknown: use %s".formatted(id, known);
  }
}
