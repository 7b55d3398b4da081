// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which faces of a split stand pixel by pixel among those that were trained on, so that a network
 * may know them by heart.
 *
 * @param copies how many do
 * @param others indices of those that do not
 * @param check how this agrees with a quality file, if there was one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries numbers
public record Copies(int copies, int[] others, Optional<Check> check) {

  /**
   * What a quality file says of the same faces.
   *
   * @param agreeing faces on which both agree
   * @param onlyHere copies that the file does not know
   * @param onlyFile faces that only the file calls copies
   */
  public record Check(int agreeing, int onlyHere, int onlyFile) {}

  /** Looks for the faces of {@code evaluated} among {@code training}. */
  public static Copies of(FaceSet evaluated, FaceSet training) {
    return of(evaluated, training, Optional.empty());
  }

  /**
   * Looks for the faces of {@code evaluated} among {@code training}, and compares with a file.
   *
   * @param flagged rows that the file calls copies
   */
  public static Copies of(FaceSet evaluated, FaceSet training, Optional<Set<Integer>> flagged) {
    Set<ByteBuffer> known = new HashSet<>();
    for (LabeledFace face : training.faces()) {
      known.add(ByteBuffer.wrap(face.pixels()));
    }
    boolean[] copy = new boolean[evaluated.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = known.contains(ByteBuffer.wrap(evaluated.get(i).pixels()));
    }
    int[] others = IntStream.range(0, copy.length).filter(i -> !copy[i]).toArray();
    return new Copies(
        copy.length - others.length, others, flagged.map(rows -> check(evaluated, copy, rows)));
  }

  private static Check check(FaceSet evaluated, boolean[] copy, Set<Integer> flagged) {
    int agreeing = 0;
    int onlyHere = 0;
    int onlyFile = 0;
    for (int i = 0; i < copy.length; i++) {
      boolean there = flagged.contains(evaluated.get(i).row());
      agreeing += copy[i] == there ? 1 : 0;
      onlyHere += copy[i] && !there ? 1 : 0;
      onlyFile += there && !copy[i] ? 1 : 0;
    }
    return new Check(agreeing, onlyHere, onlyFile);
  }
}
