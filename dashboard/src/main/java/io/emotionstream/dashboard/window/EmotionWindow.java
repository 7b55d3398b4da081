// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.window;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonGenerator;
import io.emotionstream.dashboard.json.Json;
import io.emotionstream.schemas.CorrectedShare;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.TrackStatistics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Faces of one camera in the event-time window [start, start + size), final.
 *
 * @param camera camera
 * @param kind size and advance
 * @param start inclusive start
 * @param closedBy why it became final, in lower case: {@code event_time}, {@code camera_ended},
 *     {@code idle}, {@code unknown}
 * @param counts faces by top-1 class, seven in label order
 * @param total faces; 0 where the camera was alive and saw none
 * @param uncertain faces below their model's threshold; null where it has none
 * @param tracks different tracks; null where it was not measured
 * @param corrected what most likely lies behind the counts; null without a calibration
 * @param late faces that came too late for such a window since the camera's previous one
 * @param model models that classified, joined by {@code +}; null where there was no face
 */
public record EmotionWindow(
    String camera,
    WindowKind kind,
    Instant start,
    String closedBy,
    List<Long> counts,
    long total,
    @Nullable Long uncertain,
    @Nullable Long tracks,
    @Nullable Corrected corrected,
    long late,
    @Nullable String model) {

  /** Reason of closing of a camera that has been silent for too long. */
  public static final String IDLE = "idle";

  private static final String MODEL_SEPARATOR = "+";
  private static final int MAX_MODEL = 100;

  /**
   * Estimated true shares and their central 90 % intervals, each seven in label order, in [0, 1].
   *
   * @param shares estimates; they sum to 1
   * @param low 5th percentiles
   * @param high 95th percentiles
   */
  public record Corrected(List<Double> shares, List<Double> low, List<Double> high) {}

  public EmotionWindow {
    counts = List.copyOf(counts);
    if (counts.size() != Emotion.values().length) {
      throw new IllegalArgumentException(
          "a window has %d counts, was %s".formatted(Emotion.values().length, counts));
    }
  }

  /**
   * Returns the window that a record of {@code emotion-distributions} holds.
   *
   * @throws IllegalArgumentException if it lacks a class or has no length
   */
  public static EmotionWindow of(EmotionDistribution distribution) {
    long millis =
        Duration.between(distribution.getWindowStart(), distribution.getWindowEnd()).toMillis();
    long advance = distribution.getWindowAdvanceMillis();
    TrackStatistics tracks = distribution.getTracks();
    return new EmotionWindow(
        distribution.getCameraId(),
        new WindowKind(millis, advance == 0 ? millis : advance),
        distribution.getWindowStart(),
        distribution.getClosedBy().name().toLowerCase(Locale.ROOT),
        ofEach(distribution.getCounts()),
        distribution.getTotal(),
        distribution.getUncertainFaces(),
        tracks == null ? null : tracks.getDistinct(),
        corrected(distribution.getCorrectedShares()),
        distribution.getMissedFaces(),
        joined(distribution.getModelIds()));
  }

  /** Returns the ids as one text, or null if there is none. */
  public static @Nullable String joined(List<String> modelIds) {
    String text = String.join(MODEL_SEPARATOR, modelIds);
    return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), MAX_MODEL));
  }

  /** Returns the exclusive end. */
  public Instant end() {
    return start.plusMillis(kind.sizeMillis());
  }

  /** Returns {@code faces}, {@code empty} or {@code idle}. */
  public String content() {
    if (total > 0) {
      return "faces";
    }
    return closedBy.equals(IDLE) ? IDLE : "empty";
  }

  /** Writes it as an object. */
  public void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("camera", camera);
    json.writeNumberField("sizeMs", kind.sizeMillis());
    json.writeNumberField("advanceMs", kind.advanceMillis());
    Json.time(json, "startAt", start);
    Json.time(json, "endAt", end());
    json.writeStringField("kind", content());
    json.writeStringField("closedBy", closedBy);
    Json.wholes(json, "counts", counts.stream().mapToLong(Long::longValue).toArray());
    json.writeNumberField("total", total);
    Json.whole(json, "uncertain", uncertain);
    Json.whole(json, "tracks", tracks);
    Json.decimals(json, "correctedShares", corrected == null ? null : corrected.shares());
    Json.decimals(json, "correctedLow", corrected == null ? null : corrected.low());
    Json.decimals(json, "correctedHigh", corrected == null ? null : corrected.high());
    json.writeNumberField("late", late);
    json.writeStringField("model", model);
    json.writeEndObject();
  }

  private static List<Long> ofEach(Map<String, Long> byName) {
    return Stream.of(Emotion.values())
        .map(emotion -> requireNonNullElse(byName.get(emotion.name()), 0L))
        .toList();
  }

  private static @Nullable Corrected corrected(@Nullable Map<String, CorrectedShare> byName) {
    if (byName == null) {
      return null;
    }
    return new Corrected(
        ofEach(byName, CorrectedShare::getShare),
        ofEach(byName, CorrectedShare::getLow),
        ofEach(byName, CorrectedShare::getHigh));
  }

  private static List<Double> ofEach(
      Map<String, CorrectedShare> byName, ToDoubleFunction<CorrectedShare> figure) {
    return Stream.of(Emotion.values())
        .map(emotion -> byName.get(emotion.name()))
        .map(share -> share == null ? 0.0 : figure.applyAsDouble(share))
        .toList();
  }
}
