// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.datasets.fer2013.CommaSeparated;
import io.emotionstream.testkit.RequiresFer2013;
import io.emotionstream.testkit.TestData;
import io.emotionstream.trainer.data.FoundFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is found in the real data, against what others found before: {@code fer2013/quality.csv.gz}
 * beside {@code fer2013.csv}.
 */
@RequiresFer2013
class KnownQualityTest {
  private static final Logger LOG = LoggerFactory.getLogger(KnownQualityTest.class);

  private static List<FoundFace> faces;
  private static List<PixelMeasures> measures;
  private static ExactCopies copies;

  private static final Set<Integer> knownConstant = new TreeSet<>();
  private static final Set<Integer> knownCopies = new TreeSet<>();
  private static final Map<String, Set<Integer>> knownGroups = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    Path known = TestData.folder().resolve("fer2013/quality.csv.gz");
    if (!Files.exists(known)) {
      LOG.warn("skipped: there is no {}", known);
    }
    Assumptions.assumeTrue(Files.exists(known), "there is no " + known);
    try (CommaSeparated rows = CommaSeparated.open(known)) {
      while (rows.next()) {
        int row = rows.integer("index");
        if (rows.integer("constant") == 1) {
          knownConstant.add(row);
        }
        if (rows.integer("copy_in_training") == 1) {
          knownCopies.add(row);
        }
        if (!rows.text("dup_group").isEmpty()) {
          knownGroups.computeIfAbsent(rows.text("dup_group"), key -> new TreeSet<>()).add(row);
        }
      }
    }
    faces = Dataset.read(TestData.requireFer2013Csv(), true).faces();
    measures = faces.stream().map(face -> PixelMeasures.of(face.face().pixels())).toList();
    copies = ExactCopies.of(faces, measures);
  }

  @Test
  void constantAndNearlyBlankPicturesAreThoseThatAreKnown() {
    Set<Integer> constant =
        IntStream.range(0, faces.size())
            .filter(i -> measures.get(i).constant())
            .mapToObj(KnownQualityTest::row)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(constant).isEqualTo(knownConstant).hasSize(12);
    assertThat(measures.stream().filter(PixelMeasures::nearlyBlank)).hasSize(3);
  }

  @Test
  void copiesAndTheirGroupsAreThoseThatAreKnown() {
    Set<Set<Integer>> groups =
        copies.groups().stream().map(KnownQualityTest::rows).collect(Collectors.toSet());
    Set<Set<Integer>> known =
        knownGroups.values().stream() // one of a group may lie in the private test alone
            .filter(group -> group.size() > 1)
            .collect(Collectors.toSet());

    assertThat(groups).isEqualTo(known);
    assertThat(rows(copies.copiesOfTraining(faces))).isEqualTo(knownCopies).hasSize(279);
  }

  private static int row(int position) {
    return faces.get(position).face().row();
  }

  private static Set<Integer> rows(List<Integer> positions) {
    return positions.stream()
        .map(KnownQualityTest::row)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
