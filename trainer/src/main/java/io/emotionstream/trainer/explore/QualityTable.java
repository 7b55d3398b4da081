// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.trainer.data.FoundFace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A row for each face, for other programs: {@code index} is its row in the data set, {@code
 * dup_group} the number of its group of pixel-identical faces, if it is in one, and {@code
 * copy_in_training} whether it lies outside Training and is pixel-identical to a face in it.
 */
final class QualityTable {
  private static final String HEADER =
      "index,usage,emotion,constant,stddev,sharpness,dup_group,dup_label_conflict,"
          + "copy_in_training";

  private QualityTable() {}

  static List<String> lines(Findings findings) {
    List<FoundFace> faces = findings.faces();
    Map<Integer, Integer> groups = new HashMap<>();
    for (int group = 0; group < findings.copies().groups().size(); group++) {
      for (int face : findings.copies().groups().get(group)) {
        groups.put(face, group);
      }
    }
    Set<Integer> conflicts = new HashSet<>();
    findings.copies().conflicting(faces).forEach(conflicts::addAll);
    Set<Integer> copies = new HashSet<>(findings.copies().copiesOfTraining(faces));
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    for (int i = 0; i < faces.size(); i++) {
      FoundFace face = faces.get(i);
      PixelMeasures measures = findings.measures().get(i);
      lines.add(
          String.format(
              Locale.ROOT,
              "%d,%s,%d,%d,%.1f,%.1f,%s,%d,%d",
              face.face().row(),
              face.usage().label(),
              face.face().label(),
              measures.constant() ? 1 : 0,
              measures.contrast(),
              measures.sharpness(),
              groups.containsKey(i) ? groups.get(i) : "",
              conflicts.contains(i) ? 1 : 0,
              copies.contains(i) ? 1 : 0));
    }
    return lines;
  }
}
