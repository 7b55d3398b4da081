// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

/** What every engine asks of the faces it is given. */
final class Faces {
  private Faces() {}

  /**
   * Checks the size of each face.
   *
   * @throws IllegalArgumentException if a face has another number of values than {@value
   *     FaceNormalizer#PIXELS}
   */
  static void require(float[][] faces) {
    for (int i = 0; i < faces.length; i++) {
      if (faces[i].length != FaceNormalizer.PIXELS) {
        throw new IllegalArgumentException(
            "face %d has %d values, expected %d"
                .formatted(i, faces[i].length, FaceNormalizer.PIXELS));
      }
    }
  }
}
