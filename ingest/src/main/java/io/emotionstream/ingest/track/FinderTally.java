// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.ingest.video.FaceRejection;
import io.emotionstream.ingest.video.FinderCounts;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a finder does. Written by one thread, read by any. */
final class FinderTally {
  private final AtomicLong detections = new AtomicLong();
  private final AtomicLong faces = new AtomicLong();
  private final AtomicLong started = new AtomicLong();
  private final AtomicLong inView = new AtomicLong();
  private final Map<FaceRejection, AtomicLong> rejected = new EnumMap<>(FaceRejection.class);

  FinderTally() {
    for (FaceRejection reason : FaceRejection.values()) {
      rejected.put(reason, new AtomicLong()); // the map itself never changes again
    }
  }

  void detected() {
    detections.incrementAndGet();
  }

  void found() {
    faces.incrementAndGet();
  }

  void rejected(FaceRejection reason, int count) {
    Objects.requireNonNull(rejected.get(reason)).addAndGet(count);
  }

  void tracks(long startedSoFar, int nowInView) {
    started.set(startedSoFar);
    inView.set(nowInView);
  }

  FinderCounts counts() {
    Map<FaceRejection, Long> reasons = new EnumMap<>(FaceRejection.class);
    rejected.forEach(
        (reason, count) -> {
          if (count.get() > 0) {
            reasons.put(reason, count.get());
          }
        });
    return new FinderCounts(
        detections.get(), faces.get(), started.get(), (int) inView.get(), reasons);
  }
}
