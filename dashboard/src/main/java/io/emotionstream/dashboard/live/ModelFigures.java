// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.emotionstream.dashboard.json.Json;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a model; null is what nobody has told this process.
 *
 * @param id bundle id, as events name it
 * @param network architecture
 * @param accuracy share of the faces of {@code split} that it classified rightly, in [0, 1]
 * @param accuracyLow lower end of its 95 % interval
 * @param accuracyHigh upper end
 * @param macroF1 mean F1 of the classes, in [0, 1]
 * @param split faces it was measured on, such as {@code PublicTest}
 * @param faces how many
 */
public record ModelFigures(
    String id,
    @Nullable String network,
    @Nullable Double accuracy,
    @Nullable Double accuracyLow,
    @Nullable Double accuracyHigh,
    @Nullable Double macroF1,
    @Nullable String split,
    @Nullable Long faces) {

  /** Returns a model of which nothing but its id is known. */
  public static ModelFigures unknown(String id) {
    return new ModelFigures(id, null, null, null, null, null, null, null);
  }

  void writeTo(JsonGenerator json, Instant since) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("network", network);
    Json.decimal(json, "accuracy", accuracy);
    Json.decimal(json, "accuracyLow", accuracyLow);
    Json.decimal(json, "accuracyHigh", accuracyHigh);
    Json.decimal(json, "macroF1", macroF1);
    json.writeStringField("split", split);
    Json.whole(json, "faces", faces);
    Json.time(json, "sinceAt", since);
    json.writeEndObject();
  }
}
