// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.emotionstream.dashboard.json.Json;
import io.emotionstream.dashboard.live.RecentFaces.Minute;
import io.emotionstream.dashboard.window.EmotionWindow;
import io.emotionstream.dashboard.window.WindowKind;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One camera as its records show it. Its size is bounded: some 5 KB of figures, and {@link
 * WindowTrail#LENGTH} windows. Not safe for use by several threads.
 */
final class CameraLive {
  private static final int PATIENCE_WINDOWS = 6;
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> WITHOUT_CAMERA = Set.of("camera_ended", EmotionWindow.IDLE);

  private final String id;
  private final long[] counts = new long[Emotion.values().length];
  private final RecentFaces recent = new RecentFaces();
  private final WindowTrail trail = new WindowTrail();
  private Instant lastSeen = Instant.MIN;
  private @Nullable Instant lastFaceAt;
  private @Nullable String model;
  private long faces;
  private long lateFaces;
  private @Nullable CameraView view;

  CameraLive(String id) {
    this.id = id;
  }

  void event(EmotionEvent event, Duration latency, Instant seenAt) {
    counts[event.getEmotion().ordinal()]++;
    faces++;
    Boolean uncertain = event.getUncertain();
    recent.add(seenAt, latency, uncertain != null, Boolean.TRUE.equals(uncertain));
    if (lastFaceAt == null || event.getCapturedAt().isAfter(lastFaceAt)) {
      lastFaceAt = event.getCapturedAt();
      model = event.getModelId();
    }
    seen(seenAt);
  }

  void lateEvent() {
    lateFaces++;
  }

  void window(EmotionWindow window, long version, Instant seenAt) {
    if (trail.add(window, version)) {
      seen(seenAt);
    }
  }

  CameraState state(Instant now) {
    EmotionWindow last = trail.newest();
    boolean faceSince = lastFaceAt != null && (last == null || !lastFaceAt.isBefore(last.end()));
    boolean left = last != null && WITHOUT_CAMERA.contains(last.closedBy()) && !faceSince;
    if (left || lastSeen.plus(patience()).isBefore(now)) {
      return CameraState.GONE;
    }
    boolean showsFaces = faceSince || (last != null && last.total() > 0);
    return showsFaces ? CameraState.LIVE : CameraState.SILENT;
  }

  /** Returns how it looks in the tick {@code version}: the last view, if nothing changed since. */
  CameraView view(long version, Instant now) {
    CameraState state = state(now);
    double perSecond = recent.perSecond(now);
    Minute minute = recent.minute(now);
    byte[] json = Json.object(fields -> write(fields, state, perSecond, minute));
    CameraView last = view;
    if (last == null
        || last.version() < trail.changedVersion()
        || !Arrays.equals(last.json(), json)) {
      last =
          new CameraView(
              id, state, faces, perSecond, version, json, trail.fragments(), trail.lostVersion());
      view = last;
    }
    return last;
  }

  private void write(JsonGenerator json, CameraState state, double perSecond, Minute minute)
      throws IOException {
    EmotionWindow last = trail.newest();
    json.writeStringField("camera", id);
    json.writeStringField("state", state.text());
    Json.time(json, "lastFaceAt", lastFaceAt);
    Json.time(json, "lastWindowEndAt", last == null ? null : last.end());
    Json.decimal(json, "facesPerSecond", perSecond);
    Json.decimal(json, "uncertainShare", minute.uncertainShare());
    Json.decimal(json, "latencyP50Ms", minute.p50Millis());
    Json.decimal(json, "latencyP99Ms", minute.p99Millis());
    json.writeNumberField("lateFaces", lateFaces);
    json.writeNumberField("faces", faces);
    Json.wholes(json, "counts", counts);
    json.writeStringField("model", model);
  }

  private Duration patience() {
    WindowKind kind = trail.kind();
    Duration windows =
        kind == null ? Duration.ZERO : Duration.ofMillis(PATIENCE_WINDOWS * kind.sizeMillis());
    return windows.compareTo(LEAST_PATIENCE) > 0 ? windows : LEAST_PATIENCE;
  }

  private void seen(Instant time) {
    if (time.isAfter(lastSeen)) {
      lastSeen = time;
    }
  }
}
