// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import io.emotionstream.ingest.source.SkipListener;
import io.emotionstream.ingest.source.SkipReason;
import io.emotionstream.ingest.source.Skipped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what sources leave out, keeps and logs the first. Safe for use by several threads. */
final class SkipLog implements SkipListener {
  private static final Logger LOG = LoggerFactory.getLogger(SkipLog.class);

  private final Map<SkipReason, Long> counts = new EnumMap<>(SkipReason.class);
  private final List<Skipped> first = new ArrayList<>();

  @Override
  public synchronized void skipped(Skipped skipped) {
    if (counts.merge(skipped.reason(), 1L, Long::sum) == 1) {
      LOG.warn("left out {} ({}; further ones are only counted)", skipped, skipped.reason());
    }
    if (first.size() < IngestCounts.KEPT) {
      first.add(skipped);
    }
  }

  synchronized Map<SkipReason, Long> counts() {
    return new EnumMap<>(counts);
  }

  synchronized List<Skipped> first() {
    return List.copyOf(first);
  }
}
