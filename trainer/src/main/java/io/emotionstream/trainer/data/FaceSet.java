// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Labelled faces of one split, in file order.
 *
 * <p>Immutable; the pixel arrays are shared, not copied, and must not be written to.
 */
public final class FaceSet {
  private final List<LabeledFace> faces;

  private FaceSet(List<LabeledFace> faces) {
    this.faces = faces;
  }

  /** Returns a set of these faces in this order. */
  public static FaceSet of(List<LabeledFace> faces) {
    return new FaceSet(List.copyOf(faces));
  }

  /** Returns the number of faces. */
  public int size() {
    return faces.size();
  }

  /** Returns face {@code index} of this set, which is not its row in the file. */
  public LabeledFace get(int index) {
    return faces.get(index);
  }

  /** Returns all faces. */
  public List<LabeledFace> faces() {
    return faces;
  }

  /** Returns the faces at these indices of this set, in the order of the indices. */
  FaceSet select(List<Integer> indices) {
    List<LabeledFace> chosen = new ArrayList<>(indices.size());
    for (int index : indices) {
      chosen.add(faces.get(index));
    }
    return of(chosen);
  }
}
