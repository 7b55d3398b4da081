// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.emotionstream.dashboard.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Faces by class over time, added up over cameras.
 *
 * @param resolution width of a bucket
 * @param sizeMillis size of the windows that were added up, of which each face is in one; null if
 *     there are none in the range
 * @param buckets those in which there was a window, oldest first
 */
public record Sums(Resolution resolution, @Nullable Long sizeMillis, List<Bucket> buckets) {

  /**
   * The windows that start in [start, start + resolution).
   *
   * @param counts faces by top-1 class, seven in label order
   * @param total faces
   * @param uncertain faces below their model's threshold; null where no window says
   */
  public record Bucket(Instant start, List<Long> counts, long total, @Nullable Long uncertain) {}

  public Sums {
    buckets = List.copyOf(buckets);
  }

  /** Writes the fields of the answer to a request for the range. */
  public void writeTo(JsonGenerator json, Instant from, Instant to) throws IOException {
    json.writeNumberField("resolutionMs", resolution.width().toMillis());
    Json.whole(json, "sizeMs", sizeMillis);
    Json.time(json, "from", from);
    Json.time(json, "to", to);
    json.writeArrayFieldStart("buckets");
    for (Bucket bucket : buckets) {
      json.writeStartObject();
      Json.time(json, "startAt", bucket.start());
      Json.wholes(json, "counts", bucket.counts().stream().mapToLong(Long::longValue).toArray());
      json.writeNumberField("total", bucket.total());
      Json.whole(json, "uncertain", bucket.uncertain());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
