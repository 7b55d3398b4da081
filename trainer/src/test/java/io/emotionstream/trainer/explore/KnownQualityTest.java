// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.datasets.fer2013.CommaSeparated;
import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.testkit.RequiresFer2013;
import io.emotionstream.testkit.TestData;
import io.emotionstream.trainer.data.FoundFace;
import io.emotionstream.trainer.synthetic.PrincipalComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  private static final Logger log = LoggerFactory.getLogger(KnownQualityTest.class);
  private static final double NEAR = 0.95;

  private static List<FoundFace> faces;
  private static List<PixelMeasures> measures;
  private static ExactCopies copies;

  private static final Set<Integer> knownConstant = new TreeSet<>();
  private static final Set<Integer> knownCopies = new TreeSet<>();
  private static final Map<String, Set<Integer>> knownGroups = new HashMap<>();
  private static final Map<Integer, Double> knownNearest = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    Path known = TestData.folder().resolve("fer2013/quality.csv.gz");
    if (!Files.exists(known)) {
      log.warn("skipped: there is no {}", known);
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
        if (!rows.text("nearest_training_corr").isEmpty()) {
          knownNearest.put(row, Double.parseDouble(rows.text("nearest_training_corr")));
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

  @Test
  void nearCopiesMissNoneThatIsKnown() {
    int[] chosen =
        IntStream.range(0, faces.size()).filter(i -> !measures.get(i).constant()).toArray();
    Set<Integer> repeated = new HashSet<>();
    copies.groups().forEach(group -> repeated.addAll(group.subList(1, group.size())));
    int[] first = IntStream.of(chosen).filter(i -> !repeated.contains(i)).toArray();
    float[][] some =
        IntStream.range(0, 2000)
            .mapToObj(i -> faces.get(first[i * 14]).face().normalized())
            .toArray(float[][]::new);
    NearCopies search = new NearCopies(PrincipalComponents.unmirrored(some, 128).vectors(), NEAR);

    List<NearPair> pairs = search.find(faces.stream().map(f -> f.face().pixels()).toList(), first);

    Map<Integer, Double> nearest = new TreeMap<>();
    for (NearPair pair : pairs) {
      boolean leak =
          faces.get(pair.first()).usage() == Usage.TRAINING
              && faces.get(pair.second()).usage() == Usage.PUBLIC_TEST;
      if (leak) {
        nearest.merge(row(pair.second()), pair.correlation(), Math::max);
      }
    }
    Map<Integer, Double> known = new TreeMap<>(knownNearest);
    known.values().removeIf(correlation -> correlation < NEAR + 0.0001);
    known.keySet().removeAll(repeatedRows(repeated));
    known.keySet().removeAll(knownCopies);
    log.info(
        "{} near copies found, {} known, {} pairs", nearest.size(), known.size(), pairs.size());
    assertThat(known).hasSizeGreaterThan(100);
    known.forEach(
        (row, correlation) -> {
          assertThat(nearest).containsKey(row);
          assertThat(nearest.get(row)).isCloseTo(correlation, within(1e-4));
        });
  }

  private static int row(int position) {
    return faces.get(position).face().row();
  }

  private static Set<Integer> rows(List<Integer> positions) {
    return positions.stream()
        .map(KnownQualityTest::row)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Integer> repeatedRows(Set<Integer> positions) {
    return positions.stream().map(KnownQualityTest::row).collect(Collectors.toSet());
  }
}
