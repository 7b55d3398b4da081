// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.emotionstream.classifier.DistributionWindow;
import io.emotionstream.launcher.demo.Tally.Snapshot;
import io.emotionstream.launcher.demo.WindowBooks.Kind;
import io.emotionstream.launcher.demo.WindowBooks.Sums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run came to, read back from the topics and from PostgreSQL.
 *
 * @param framesPublished frames on {@code face-frames}
 * @param facesClassified events on {@code emotion-events}
 * @param deadLettered records on {@code emotion-dead-letters}
 * @param eventsStored rows in {@code emotion_events}
 * @param windowsPublished records on {@code emotion-distributions}
 * @param windowsStored rows in {@code emotion_distributions}
 * @param windowedFaces sum of the totals of the windows in which a face counts once
 * @param lateFaces events on {@code emotion-late-events}
 * @param lateFacesStored rows in {@code emotion_late_events}
 * @param windows the books of the windows of each size and advance
 * @param countsByCamera faces by camera and class, from the windows in which a face counts once
 * @param facesPerSecond between the first and the last classification
 * @param latencyMs from capture to the moment a consumer sees the event
 * @param labelled classified faces whose source knew the truth
 * @param agreed those of them whose top-1 class is the truth
 * @param modelId the model that classified
 */
public record DemoSummary(
    long framesPublished,
    long facesClassified,
    long deadLettered,
    long eventsStored,
    long windowsPublished,
    long windowsStored,
    long windowedFaces,
    long lateFaces,
    long lateFacesStored,
    List<WindowBooks> windows,
    Map<String, ClassCounts> countsByCamera,
    double facesPerSecond,
    Latency latencyMs,
    long labelled,
    long agreed,
    String modelId) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Percentiles in milliseconds. */
  public record Latency(double p50, double p99) {}

  /**
   * Puts together what was read.
   *
   * @param kinds windows that were configured
   */
  static DemoSummary of(
      Snapshot topics, StoredTotals stored, List<DistributionWindow> kinds, String modelId) {
    List<WindowBooks> windows =
        kinds.stream()
            .map(Kind::of)
            .map(
                kind ->
                    WindowBooks.of(
                        kind,
                        topics.windows().getOrDefault(kind, Sums.NONE),
                        stored.windows().getOrDefault(kind, Sums.NONE)))
            .toList();
    return new DemoSummary(
        topics.frames(),
        topics.events(),
        topics.deadLetters(),
        stored.events(),
        windows.stream().mapToLong(WindowBooks::windowsPublished).sum(),
        windows.stream().mapToLong(WindowBooks::windowsStored).sum(),
        stored.windows().getOrDefault(Kind.countingOnce(kinds), Sums.NONE).faces(),
        topics.lateEvents(),
        stored.lateEvents(),
        windows,
        stored.byCamera(),
        topics.facesPerSecond(),
        new Latency(topics.p50Millis(), topics.p99Millis()),
        topics.labelled(),
        topics.agreed(),
        modelId);
  }

  /** Returns every relation that does not hold, in words; none if the books balance. */
  public List<String> imbalances() {
    List<String> imbalances = new ArrayList<>();
    require(
        imbalances,
        "framesPublished = facesClassified + deadLettered",
        framesPublished,
        facesClassified + deadLettered);
    require(imbalances, "facesClassified = eventsStored", facesClassified, eventsStored);
    for (WindowBooks books : windows) {
      String of = books.name() + " windows: ";
      require(
          imbalances,
          of + "facesClassified x %d = windowedFaces + missed".formatted(books.windowsOfAFace()),
          facesClassified * books.windowsOfAFace(),
          books.windowedFaces() + books.missed());
      require(
          imbalances,
          of + "windowsPublished = windowsStored",
          books.windowsPublished(),
          books.windowsStored());
      require(imbalances, of + "missed = missedStored", books.missed(), books.missedStored());
    }
    require(imbalances, "lateFaces = lateFacesStored", lateFaces, lateFacesStored);
    return imbalances;
  }

  /** Writes this as JSON. */
  public void write(Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(this) + "\n");
  }

  /** Returns the summary as a person reads it. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            frames published %d = classified %d + dead letters %d
            stored in PostgreSQL: %d events, %d windows
            %.0f faces/s, capture to event p50 %.0f ms, p99 %.0f ms, model %s
            """,
            framesPublished,
            facesClassified,
            deadLettered,
            eventsStored,
            windowsStored,
            facesPerSecond,
            latencyMs.p50(),
            latencyMs.p99(),
            modelId));
    for (WindowBooks books : windows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s windows: classified %d%s = in %d windows %d + late %d%n",
              books.name(),
              facesClassified,
              books.windowsOfAFace() == 1 ? "" : " x " + books.windowsOfAFace(),
              books.windowsStored(),
              books.windowedFaces(),
              books.missed()));
    }
    if (labelled > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d of %d labelled faces agree with their label (%.1f %%)%n",
              agreed,
              labelled,
              100.0 * agreed / labelled));
    }
    return text.toString();
  }

  private static void require(List<String> imbalances, String relation, long left, long right) {
    if (left != right) {
      imbalances.add("%s does not hold: %d and %d".formatted(relation, left, right));
    }
  }
}
