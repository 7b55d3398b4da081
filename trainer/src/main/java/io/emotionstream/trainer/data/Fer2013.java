// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import io.emotionstream.datasets.fer2013.Fer2013Reader;
import io.emotionstream.datasets.fer2013.Fer2013Row;
import io.emotionstream.datasets.fer2013.RejectedRow;
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
 * What a FER-2013 file holds.
 *
 * @param splits faces by split, in file order; a split without rows is empty
 * @param rejected rows left out, in file order
 * @param fingerprint SHA-256 of the accepted rows (number of the split, of the class, pixels), in
 *     hex
 */
public record Fer2013(Map<Usage, FaceSet> splits, List<RejectedRow> rejected, String fingerprint) {
  public Fer2013 {
    splits = Map.copyOf(splits);
    rejected = List.copyOf(rejected);
  }

  /**
   * Reads the whole of {@code file} as {@link Fer2013Reader} does; 35,887 rows take some 300 MB to
   * read and 83 MB to keep.
   *
   * @throws IOException if it cannot be read or its header lacks a column
   */
  public static Fer2013 read(Path file) throws IOException {
    Map<Usage, List<LabeledFace>> splits = new EnumMap<>(Usage.class);
    List<RejectedRow> rejected = new ArrayList<>();
    MessageDigest digest = sha256();
    try (Fer2013Reader reader = Fer2013Reader.open(file, rejected::add)) {
      for (Optional<Fer2013Row> next = reader.next(); next.isPresent(); next = reader.next()) {
        Fer2013Row row = next.get();
        LabeledFace face = new LabeledFace(row.index(), row.emotion(), row.pixels());
        splits.computeIfAbsent(row.usage(), key -> new ArrayList<>()).add(face);
        digest.update((byte) row.usage().ordinal());
        digest.update((byte) face.label());
        digest.update(face.pixels());
      }
    }
    Map<Usage, FaceSet> sets = new EnumMap<>(Usage.class);
    splits.forEach((usage, faces) -> sets.put(usage, FaceSet.of(faces)));
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
