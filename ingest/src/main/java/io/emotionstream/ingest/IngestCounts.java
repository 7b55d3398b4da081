// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import io.emotionstream.ingest.source.SkipReason;
import io.emotionstream.ingest.source.Skipped;
import java.util.List;
import java.util.Map;

/**
 * What has happened so far. Once ingest is done, {@code published} equals {@code acknowledged} and
 * {@code lost}.
 *
 * @param published frames handed to the producer
 * @param acknowledged frames that the broker has stored
 * @param failed frames and heartbeats that could not be stored
 * @param lost frames of live cameras that were handed to the producer and that the broker did not
 *     take in time
 * @param heartbeats heartbeats that the broker has stored
 * @param skipped rows and files that were left out, by reason
 * @param firstSkipped the first of them, at most {@value #KEPT}
 */
public record IngestCounts(
    long published,
    long acknowledged,
    long failed,
    long lost,
    long heartbeats,
    Map<SkipReason, Long> skipped,
    List<Skipped> firstSkipped) {
  /** Greatest number of left-out rows and files that are kept to be shown. */
  public static final int KEPT = 20;

  public IngestCounts {
    skipped = Map.copyOf(skipped);
    firstSkipped = List.copyOf(firstSkipped);
  }
}
