// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

import io.emotionstream.schemas.Emotion;

/**
 * One well-formed row of a FER-2013 file.
 *
 * @param line line of the file, the first is 1
 * @param index position among the file's rows, malformed ones included, the first is 0
 * @param usage the split it belongs to
 * @param emotion the label
 * @param pixels {@value #PIXELS} unsigned bytes, row by row from the top, 0 black; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries pixels
public record Fer2013Row(long line, int index, Usage usage, Emotion emotion, byte[] pixels) {
  /** Width and height of every face, in pixels. */
  public static final int SIDE = 48;

  /** Pixels of a face. */
  public static final int PIXELS = SIDE * SIDE;
}
