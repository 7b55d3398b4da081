// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

/**
 * A row or a file that was left out.
 *
 * @param place where it is, such as {@code line 5} or {@code train/angry/1.png}
 * @param fault what is wrong with it in a word or two, for counting, such as {@code pixels}
 * @param detail what is wrong with it in words; no pixels
 */
public record RejectedFace(String place, String fault, String detail) {

  @Override
  public String toString() {
    return place + ": " + detail;
  }
}
