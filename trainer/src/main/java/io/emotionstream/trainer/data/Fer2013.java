// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import io.emotionstream.datasets.fer2013.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a data set in one of the forms of FER-2013 holds: its file, or class-named folders.
 *
 * @param splits faces by split, in file order; a split without rows is empty
 * @param rejected rows or files left out, in file order
 * @param fingerprint SHA-256 of the accepted faces (number of the split, of the class, pixels), in
 *     hex
 */
public record Fer2013(Map<Usage, FaceSet> splits, List<RejectedFace> rejected, String fingerprint) {
  public Fer2013 {
    splits = Map.copyOf(splits);
    rejected = List.copyOf(rejected);
  }

  /**
   * Reads the whole of {@code data} as {@link FaceReader} does; 35,887 rows take some 300 MB to
   * read and 83 MB to keep.
   *
   * @throws IOException if it cannot be read or its header lacks a column
   */
  public static Fer2013 read(Path data) throws IOException {
    List<FoundFace> faces = new ArrayList<>();
    List<RejectedFace> rejected = new ArrayList<>();
    try (FaceReader reader = FaceReader.open(data, rejected::add)) {
      for (Optional<FoundFace> next = reader.next(); next.isPresent(); next = reader.next()) {
        faces.add(next.get());
      }
    }
    return of(faces, rejected);
  }

  /** Returns what was read, face by face. */
  public static Fer2013 of(List<FoundFace> faces, List<RejectedFace> rejected) {
    Map<Usage, List<LabeledFace>> splits = new EnumMap<>(Usage.class);
    MessageDigest digest = sha256();
    for (FoundFace found : faces) {
      splits.computeIfAbsent(found.usage(), key -> new ArrayList<>()).add(found.face());
      digest.update((byte) found.usage().ordinal());
      digest.update((byte) found.face().label());
      digest.update(found.face().pixels());
    }
    Map<Usage, FaceSet> sets = new EnumMap<>(Usage.class);
    splits.forEach((usage, set) -> sets.put(usage, FaceSet.of(set)));
    return new Fer2013(sets, rejected, HexFormat.of().formatHex(digest.digest()));
  }

  /** Returns the faces of {@code usage}, which may be none. */
  public FaceSet split(Usage usage) {
    return splits.getOrDefault(usage, FaceSet.of(List.of()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
