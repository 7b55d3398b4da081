// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.emotionstream.dashboard.json.Json;
import io.emotionstream.dashboard.live.RecentFaces.Minute;
import io.emotionstream.dashboard.window.EmotionWindow;
import io.emotionstream.schemas.DeadLetterReason;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the emotion topics have said since counting began: every camera's figures and last windows.
 *
 * <p>Bounded whatever comes: at most {@code maxCameras} cameras are held, each with a fixed number
 * of windows. When there are as many, a new camera takes the place of the one that was heard of
 * longest ago, if that is gone; else it is counted in the totals only. Ids that are absurdly long
 * are not taken. Safe for use by several threads.
 */
final class LiveState {
  static final int DEFAULT_MAX_CAMERAS = 4_000;

  private static final int MAX_ID = 256;
  private static final int MAX_SIZES = 50;
  private static final byte[] NO_MODEL = Pieces.text("null");

  private final InstantSource clock;
  private final int maxCameras;
  private final Map<String, ModelFigures> models;
  private final Instant since;
  private final long firstVersion;

  /** In the order in which they were heard of, longest ago first. */
  private final LinkedHashMap<String, CameraLive> cameras = new LinkedHashMap<>(64, 0.75f, true);

  private final long[] counts = new long[Emotion.values().length];
  private final RecentFaces recent = new RecentFaces();
  private final Map<DeadLetterReason, Long> deadLetters = new EnumMap<>(DeadLetterReason.class);
  private final TreeSet<Long> sizes = new TreeSet<>();
  private boolean deadLettersKnown = true;
  private long faces;
  private long lateFaces;
  private long unreadable;
  private long turnedAway;
  private long nextVersion;
  private long membersVersion;
  private Fragment totals = new Fragment(0, new byte[0]);
  private @Nullable String modelId;
  private Instant modelAt = Instant.MIN;
  private Instant modelSince = Instant.MIN;
  private volatile LiveView view;

  /**
   * Makes an empty state.
   *
   * @param since time from which on records are counted, with those that are read from before the
   *     start
   * @param models what is known of models, by id
   */
  LiveState(InstantSource clock, Instant since, int maxCameras, Map<String, ModelFigures> models) {
    this.clock = clock;
    this.maxCameras = maxCameras;
    this.models = Map.copyOf(models);
    this.since = since;
    this.firstVersion = clock.millis();
    this.nextVersion = firstVersion;
    this.view = tick();
  }

  /** Counts a face. {@code isLive}: it was not on the topic before this process began to read. */
  synchronized void event(EmotionEvent event, boolean isLive) {
    Instant now = clock.instant();
    Instant seenAt = isLive ? now : earlier(event.getClassifiedAt(), now);
    Duration latency = Duration.between(event.getCapturedAt(), event.getClassifiedAt());
    counts[event.getEmotion().ordinal()]++;
    faces++;
    Boolean uncertain = event.getUncertain();
    recent.add(seenAt, latency, uncertain != null, Boolean.TRUE.equals(uncertain));
    noteModel(event.getModelId(), event.getClassifiedAt());
    CameraLive camera = camera(event.getCameraId());
    if (camera != null) {
      camera.event(event, latency, seenAt);
    }
  }

  /** Counts a face that was late; it is an event, too. */
  synchronized void lateEvent(EmotionEvent event) {
    lateFaces++;
    CameraLive camera = camera(event.getCameraId());
    if (camera != null) {
      camera.lateEvent();
    }
  }

  /** Takes a window that became final. */
  synchronized void window(EmotionDistribution distribution, boolean isLive) {
    EmotionWindow window = EmotionWindow.of(distribution);
    Instant now = clock.instant();
    if (sizes.size() < MAX_SIZES) {
      sizes.add(window.kind().sizeMillis());
    }
    CameraLive camera = camera(window.camera());
    if (camera != null) {
      camera.window(window, nextVersion, isLive ? now : earlier(window.end(), now));
    }
  }

  /** Counts a dead letter. */
  synchronized void deadLetter(DeadLetterReason reason) {
    deadLetters.merge(reason, 1L, Long::sum);
  }

  /** Says that nothing is known of dead letters, which is not the same as none. */
  synchronized void deadLettersAreUnknown() {
    deadLettersKnown = false;
  }

  /** Counts a record that is none of ours. */
  synchronized void unreadable() {
    unreadable++;
  }

  /** Makes everything that came since the last tick visible. */
  synchronized LiveView tick() {
    long version = nextVersion++;
    Instant now = clock.instant();
    List<CameraView> views =
        cameras.values().stream()
            .map(camera -> camera.view(version, now))
            .sorted(Comparator.comparing(CameraView::id))
            .toList();
    byte[] json = Json.object(fields -> writeTotals(fields, views, now));
    if (!Arrays.equals(json, totals.json())) {
      totals = new Fragment(version, json);
    }
    LiveView next =
        new LiveView(firstVersion, version, now, views, membersVersion, totals, modelJson(), sizes);
    view = next;
    return next;
  }

  /** Returns what the last tick made visible. */
  LiveView view() {
    return view;
  }

  /** Returns how many records of cameras were not taken because too many are held. */
  synchronized long turnedAway() {
    return turnedAway;
  }

  synchronized long unreadableRecords() {
    return unreadable;
  }

  private @Nullable CameraLive camera(String id) {
    CameraLive known = cameras.get(id);
    if (known != null) {
      return known;
    }
    if (id.length() > MAX_ID || (cameras.size() >= maxCameras && !makeRoom())) {
      turnedAway++;
      return null;
    }
    CameraLive camera = new CameraLive(id);
    cameras.put(id, camera);
    membersVersion = nextVersion;
    return camera;
  }

  private boolean makeRoom() {
    Iterator<CameraLive> longestAgo = cameras.values().iterator();
    if (longestAgo.hasNext() && longestAgo.next().state(clock.instant()) == CameraState.GONE) {
      longestAgo.remove();
      return true;
    }
    return false;
  }

  private void noteModel(String id, Instant classifiedAt) {
    if (!classifiedAt.isBefore(modelAt)) {
      modelAt = classifiedAt;
      String known = id.substring(0, Math.min(id.length(), MAX_ID));
      if (!known.equals(modelId)) {
        modelId = known;
        modelSince = classifiedAt;
      }
    }
  }

  private byte[] modelJson() {
    String id = modelId;
    if (id == null) {
      return NO_MODEL;
    }
    ModelFigures figures = models.getOrDefault(id, ModelFigures.unknown(id));
    return Json.bytes(json -> figures.writeTo(json, modelSince));
  }

  private void writeTotals(JsonGenerator json, List<CameraView> views, Instant now)
      throws IOException {
    Minute minute = recent.minute(now);
    json.writeNumberField("cameras", views.size());
    for (CameraState state : CameraState.values()) {
      json.writeNumberField(
          state.text(), views.stream().filter(camera -> camera.state() == state).count());
    }
    json.writeNumberField("faces", faces);
    Json.decimal(json, "facesPerSecond", recent.perSecond(now));
    Json.wholes(json, "counts", counts);
    Json.decimal(json, "uncertainShare", minute.uncertainShare());
    Json.decimal(json, "latencyP50Ms", minute.p50Millis());
    Json.decimal(json, "latencyP99Ms", minute.p99Millis());
    writeDeadLetters(json);
    json.writeNumberField("lateFaces", lateFaces);
    Json.time(json, "sinceAt", since);
    json.writeNumberField("camerasLimit", maxCameras);
    json.writeNumberField("recordsTurnedAway", turnedAway);
    json.writeNumberField("recordsUnreadable", unreadable);
  }

  private void writeDeadLetters(JsonGenerator json) throws IOException {
    if (!deadLettersKnown) {
      json.writeNullField("deadLetters");
      return;
    }
    json.writeObjectFieldStart("deadLetters");
    for (Map.Entry<DeadLetterReason, Long> letters : deadLetters.entrySet()) {
      json.writeNumberField(letters.getKey().name().toLowerCase(Locale.ROOT), letters.getValue());
    }
    json.writeEndObject();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
