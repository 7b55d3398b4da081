// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.EmotionEvent;

/**
 * The faces of one track in one pane of its camera's windows, or, merged, in a window. Times are
 * microseconds since the epoch. Mutable; for one thread.
 */
final class TrackSums {
  long faces;
  final double[] probabilitySums = new double[Emotions.COUNT];
  long first = Long.MAX_VALUE;
  long last = Long.MIN_VALUE;

  void add(EmotionEvent face) {
    faces++;
    Pane.add(probabilitySums, face);
    long capturedAt = Micros.of(face.getCapturedAt());
    first = Math.min(first, capturedAt);
    last = Math.max(last, capturedAt);
  }

  void add(TrackSums other) {
    faces += other.faces;
    Pane.add(probabilitySums, other.probabilitySums);
    first = Math.min(first, other.first);
    last = Math.max(last, other.last);
  }

  /** Returns how long the track was visible, in microseconds: from its first to its last face. */
  long visible() {
    return last - first;
  }

  /**
   * Returns 63 bits in which tracks differ as if drawn by chance: FNV-1a, then MurmurHash3's
   * finalizer, for FNV's upper bits mix badly.
   */
  static long hash(String trackId) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : trackId.getBytes(UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (hash ^ (hash >>> 33)) >>> 1;
  }
}
