// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.launcher.demo.WindowBooks.Kind;
import io.emotionstream.launcher.demo.WindowBooks.Sums;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.MissedWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What was seen on the topics so far. Written by the observer's thread, read by the one that draws
 * the table; safe for both.
 */
final class Tally {
  private static final long MAX_LATENCY_MICROS = TimeUnit.HOURS.toMicros(24);

  private final Map<String, ClassCounts> byCamera = new TreeMap<>();
  private final Histogram latency = new Histogram(MAX_LATENCY_MICROS, 3);
  private long frames;
  private long events;
  private long lateEvents;
  private final Set<DeadRecord> deadLetters = new HashSet<>();
  private final Map<Kind, Sums> windows = new HashMap<>();
  private long labelled;
  private long agreed;
  private @Nullable Instant firstEvent;
  private @Nullable Instant lastEvent;

  /**
   * A consistent copy of the numbers.
   *
   * @param windows windows and faces too late for them, of each size and advance
   * @param byCamera classified faces by camera and class
   * @param facesPerSecond between the first and the last classification
   * @param p50Millis median of capture to visible event
   * @param p99Millis 99th percentile of the same
   */
  record Snapshot(
      long frames,
      long events,
      long lateEvents,
      long deadLetters,
      Map<Kind, Sums> windows,
      long labelled,
      long agreed,
      Map<String, ClassCounts> byCamera,
      double facesPerSecond,
      double p50Millis,
      double p99Millis) {

    /** Returns how many windows were closed, of every size. */
    long windowsClosed() {
      return windows.values().stream().mapToLong(Sums::windows).sum();
    }
  }

  private record DeadRecord(int partition, long offset) {}

  synchronized void frame() {
    frames++;
  }

  synchronized void event(EmotionEvent event, Instant seenAt) {
    events++;
    byCamera
        .computeIfAbsent(event.getCameraId(), camera -> new ClassCounts())
        .add(event.getEmotion());
    if (event.getLabel() != null) {
      labelled++;
      agreed += event.getLabel() == event.getEmotion() ? 1 : 0;
    }
    long micros =
        TimeUnit.NANOSECONDS.toMicros(Duration.between(event.getCapturedAt(), seenAt).toNanos());
    latency.recordValue(Math.min(Math.max(micros, 0), MAX_LATENCY_MICROS));
    Instant classifiedAt = event.getClassifiedAt();
    if (firstEvent == null || classifiedAt.isBefore(firstEvent)) {
      firstEvent = classifiedAt;
    }
    if (lastEvent == null || classifiedAt.isAfter(lastEvent)) {
      lastEvent = classifiedAt;
    }
  }

  synchronized void lateEvent(EmotionEvent event) {
    lateEvents++;
    for (MissedWindows missed : event.getMissedWindows()) {
      windows.merge(Kind.of(missed), new Sums(0, 0, missed.getWindows()), Sums::plus);
    }
  }

  /** Counts a record once, however often it was filed. */
  synchronized void deadLetter(int sourcePartition, long sourceOffset) {
    deadLetters.add(new DeadRecord(sourcePartition, sourceOffset));
  }

  synchronized void distribution(EmotionDistribution distribution) {
    windows.merge(Kind.of(distribution), new Sums(1, distribution.getTotal(), 0), Sums::plus);
  }

  synchronized Snapshot snapshot() {
    Map<String, ClassCounts> cameras = new TreeMap<>();
    byCamera.forEach((camera, counts) -> cameras.put(camera, counts.copy()));
    return new Snapshot(
        frames,
        events,
        lateEvents,
        deadLetters.size(),
        Map.copyOf(windows),
        labelled,
        agreed,
        cameras,
        facesPerSecond(),
        latency.getValueAtPercentile(50) / 1000.0,
        latency.getValueAtPercentile(99) / 1000.0);
  }

  private double facesPerSecond() {
    if (firstEvent == null || lastEvent == null || !lastEvent.isAfter(firstEvent)) {
      return 0;
    }
    return (events - 1) / (Duration.between(firstEvent, lastEvent).toNanos() / 1e9);
  }
}
