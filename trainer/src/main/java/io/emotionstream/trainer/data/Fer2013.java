// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import java.util.List;
import java.util.Map;

/**
 * What a FER-2013 file holds.
 *
 * @param splits faces by split, in file order; a split without rows is empty
 * @param rejected rows left out, in file order
 * @param fingerprint SHA-256 of the accepted rows (split, label, pixels), in hex
 */
public record Fer2013(Map<Usage, FaceSet> splits, List<RejectedRow> rejected, String fingerprint) {
  public Fer2013 {
    splits = Map.copyOf(splits);
    rejected = List.copyOf(rejected);
  }

  /** Returns the faces of {@code usage}, which may be none. */
  public FaceSet split(Usage usage) {
    return splits.getOrDefault(usage, FaceSet.of(List.of()));
  }
}
