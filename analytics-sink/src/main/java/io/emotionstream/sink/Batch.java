// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import java.time.Instant;
import java.util.List;

/** What one transaction stores: rows, records that cannot be rows, and the offsets after them. */
record Batch(
    List<Row<EmotionEvent>> events,
    List<Row<EmotionEvent>> lateEvents,
    List<Row<EmotionDistribution>> distributions,
    List<Rejection> rejections,
    List<Advance> advances) {

  Batch {
    events = List.copyOf(events);
    lateEvents = List.copyOf(lateEvents);
    distributions = List.copyOf(distributions);
    rejections = List.copyOf(rejections);
    // Two sinks that hold the same partitions lock their offsets in the same order.
    advances = advances.stream().sorted((a, b) -> a.partition().compareTo(b.partition())).toList();
  }

  List<Instant> captureTimes() {
    return events.stream().map(row -> row.value().getCapturedAt()).toList();
  }
}
