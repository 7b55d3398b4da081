// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.GrayImage;
import io.emotionstream.schemas.Emotion;

/**
 * One labelled face.
 *
 * @param row number of the row in its file, the first data row 0; seeds the face's augmentation
 * @param emotion the label
 * @param pixels {@link FaceNormalizer#PIXELS} unsigned bytes, row by row from the top; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries pixels
public record LabeledFace(int row, Emotion emotion, byte[] pixels) {
  public LabeledFace {
    if (pixels.length != FaceNormalizer.PIXELS) {
      throw new IllegalArgumentException(
          "row %d has %d pixels, expected %d".formatted(row, pixels.length, FaceNormalizer.PIXELS));
    }
  }

  /** Returns the number of the label, in [0, 6]. */
  public int label() {
    return Emotions.ALL.indexOf(emotion);
  }

  /** Returns the pixels as network input, {@link FaceNormalizer#PIXELS} values in [0, 1]. */
  public float[] normalized() {
    return FaceNormalizer.normalize(
        new GrayImage(FaceNormalizer.SIDE, FaceNormalizer.SIDE, pixels));
  }
}
