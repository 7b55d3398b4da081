// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.trainer.data.FoundFace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups of pixel-identical faces, each of at least two; constant pictures show nothing and are in
 * none.
 *
 * @param groups positions in the list of faces, ascending; groups in the order of their first face
 */
record ExactCopies(List<List<Integer>> groups) {

  static ExactCopies of(List<FoundFace> faces, List<PixelMeasures> measures) {
    Map<ByteBuffer, List<Integer>> byPixels = new LinkedHashMap<>();
    for (int i = 0; i < faces.size(); i++) {
      if (!measures.get(i).constant()) {
        byPixels
            .computeIfAbsent(
                ByteBuffer.wrap(faces.get(i).face().pixels()), pixels -> new ArrayList<>())
            .add(i);
      }
    }
    return new ExactCopies(byPixels.values().stream().filter(group -> group.size() > 1).toList());
  }

  /** Returns the groups whose faces have different labels. */
  List<List<Integer>> conflicting(List<FoundFace> faces) {
    return groups.stream()
        .filter(
            group -> group.stream().map(i -> faces.get(i).face().emotion()).distinct().count() > 1)
        .toList();
  }

  /** Returns the groups that lie in more than one split. */
  List<List<Integer>> acrossSplits(List<FoundFace> faces) {
    return groups.stream()
        .filter(group -> group.stream().map(i -> faces.get(i).usage()).distinct().count() > 1)
        .toList();
  }

  /** Returns the positions of the faces outside Training that also stand in Training. */
  List<Integer> copiesOfTraining(List<FoundFace> faces) {
    return groups.stream()
        .filter(group -> group.stream().anyMatch(i -> faces.get(i).usage() == Usage.TRAINING))
        .flatMap(List::stream)
        .filter(i -> faces.get(i).usage() != Usage.TRAINING)
        .sorted()
        .toList();
  }
}
