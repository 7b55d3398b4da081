// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads sources to their end. */
final class Crops {
  private Crops() {}

  /** Returns all crops, the cameras in turn. */
  static List<FaceCrop> readAll(FaceSource source) throws IOException {
    try (source) {
      List<FaceCrop> crops = new ArrayList<>();
      Optional<FaceCrop> next = source.next(0);
      while (next.isPresent()) {
        crops.add(next.get());
        next = source.next(crops.size() % source.cameras());
      }
      return crops;
    }
  }
}
