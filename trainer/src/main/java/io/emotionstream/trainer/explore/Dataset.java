// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.datasets.fer2013.ColumnProfile;
import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.FaceReader;
import io.emotionstream.trainer.data.Fer2013;
import io.emotionstream.trainer.data.FoundFace;
import io.emotionstream.trainer.data.RejectedFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that was read from a data set.
 *
 * @param data the file or directory
 * @param bytes size of the file; empty for a directory
 * @param columns of the file; empty for a directory
 * @param faces usable faces in file order
 * @param rejected rows or files left out, in file order
 */
record Dataset(
    Path data,
    Optional<Long> bytes,
    List<ColumnProfile> columns,
    List<FoundFace> faces,
    List<RejectedFace> rejected) {

  /**
   * Reads {@code data}.
   *
   * @param strict whether the first malformed row or file is an error
   * @throws IOException if it cannot be read or holds no usable face
   */
  static Dataset read(Path data, boolean strict) throws IOException {
    List<FoundFace> faces = new ArrayList<>();
    List<RejectedFace> rejected = new ArrayList<>();
    try (FaceReader reader =
        strict ? FaceReader.openStrict(data) : FaceReader.open(data, rejected::add)) {
      for (Optional<FoundFace> next = reader.next(); next.isPresent(); next = reader.next()) {
        faces.add(next.get());
      }
    }
    if (faces.isEmpty()) {
      throw new IOException(
          "%s holds no usable face, %d rows or files were left out%s"
              .formatted(
                  data,
                  rejected.size(),
                  rejected.isEmpty() ? "" : ", the first is " + rejected.get(0)));
    }
    boolean folder = Files.isDirectory(data);
    return new Dataset(
        data,
        folder ? Optional.empty() : Optional.of(Files.size(data)),
        folder ? List.of() : ColumnProfile.allOf(data),
        faces,
        rejected);
  }

  /** Returns the splits that have faces. */
  List<Usage> splits() {
    return Arrays.stream(Usage.values())
        .filter(usage -> faces.stream().anyMatch(face -> face.usage() == usage))
        .toList();
  }

  /** Returns the number of faces of {@code usage} with each label, in label order. */
  long[] counts(Usage usage) {
    long[] counts = new long[Emotions.COUNT];
    for (FoundFace face : faces) {
      counts[face.face().label()] += face.usage() == usage ? 1 : 0;
    }
    return counts;
  }

  /**
   * Returns how many times the most frequent class is as frequent as the rarest that is there at
   * all.
   */
  static double imbalance(long[] counts) {
    long most = Arrays.stream(counts).max().orElse(0);
    long least = Arrays.stream(counts).filter(count -> count > 0).min().orElse(0);
    return (double) most / least;
  }

  /** Returns the number of rows or files left out, by what is wrong with them. */
  Map<String, Integer> faults() {
    Map<String, Integer> faults = new TreeMap<>();
    rejected.forEach(face -> faults.merge(face.fault(), 1, Integer::sum));
    return faults;
  }

  /** Returns how many pictures have each size, such as {@code 48x48}. */
  Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    faces.forEach(face -> sizes.merge(face.width() + "x" + face.height(), 1, Integer::sum));
    return sizes;
  }

  /** Returns the positions of the faces with each label, ascending. */
  Map<Emotion, List<Integer>> byLabel() {
    Map<Emotion, List<Integer>> byLabel = new EnumMap<>(Emotion.class);
    for (int i = 0; i < faces.size(); i++) {
      byLabel.computeIfAbsent(faces.get(i).face().emotion(), key -> new ArrayList<>()).add(i);
    }
    return byLabel;
  }

  String fingerprint() {
    return Fer2013.of(faces, rejected).fingerprint();
  }
}
