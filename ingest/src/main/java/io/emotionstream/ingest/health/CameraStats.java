// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import io.emotionstream.ingest.source.Secrets;
import io.emotionstream.ingest.video.FaceRejection;
import io.emotionstream.ingest.video.FinderCounts;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/** Counters of one camera. Safe for use by several threads. */
public final class CameraStats {
  private static final double NANOS = 1e9;

  private final String id;
  private final String source;
  private final LongSupplier nanoTime;
  private final RateMeter in;
  private final RateMeter detected;
  private final AtomicLong pictures = new AtomicLong();
  private final AtomicLong faces = new AtomicLong();
  private final AtomicLong reconnects = new AtomicLong();
  private final AtomicLong decodeErrors = new AtomicLong();
  private final AtomicLongArray dropped = new AtomicLongArray(DropReason.values().length);
  private final Map<FaceRejection, Long> rejectedBefore = new EnumMap<>(FaceRejection.class);
  private FinderCounts finder = FinderCounts.none();
  private long tracksBefore;
  private volatile CameraState state = CameraState.CONNECTING;
  private volatile String video = "";
  private volatile String clock = "";
  private volatile String lastError = "";
  private volatile long lastFrameAt = Long.MIN_VALUE;

  /**
   * @param source where pictures come from; secrets are masked here
   * @param nanoTime monotonic clock
   */
  public CameraStats(String id, String source, LongSupplier nanoTime) {
    this.id = id;
    this.source = Secrets.mask(source);
    this.nanoTime = nanoTime;
    this.in = new RateMeter(nanoTime.getAsLong());
    this.detected = new RateMeter(nanoTime.getAsLong());
  }

  public String id() {
    return id;
  }

  public CameraState state() {
    return state;
  }

  public void state(CameraState state) {
    this.state = state;
  }

  /** Says what it shows, such as {@code h264 640x480, rtsp}. */
  public void video(String description) {
    video = description;
  }

  /** Says where capture times come from. */
  public void clock(String description) {
    clock = description;
  }

  /** Says why it broke off; secrets are masked here. */
  public void error(String message) {
    lastError = Secrets.mask(message);
  }

  public String lastError() {
    return lastError;
  }

  /** Counts a decoded picture. */
  public void picture() {
    long now = nanoTime.getAsLong();
    pictures.incrementAndGet();
    in.mark(now);
    lastFrameAt = now;
  }

  public long pictures() {
    return pictures.get();
  }

  public void face() {
    faces.incrementAndGet();
  }

  public void dropped(DropReason reason) {
    dropped(reason, 1);
  }

  public void dropped(DropReason reason, int count) {
    dropped.addAndGet(reason.ordinal(), count);
  }

  public void reconnect() {
    reconnects.incrementAndGet();
  }

  public void decodeErrors(long count) {
    decodeErrors.addAndGet(count);
  }

  /** Takes over the counts of the finder in use. */
  public synchronized void finder(FinderCounts counts) {
    if (counts.detections() > finder.detections()) {
      detected.mark(nanoTime.getAsLong());
    }
    finder = counts;
  }

  /** Says that the finder in use was closed, and the next one starts from zero. */
  public synchronized void finderClosed() {
    tracksBefore += finder.tracksStarted();
    finder.rejected().forEach((reason, count) -> rejectedBefore.merge(reason, count, Long::sum));
    finder = FinderCounts.none();
  }

  /** Returns how it does now. */
  public synchronized CameraHealth health() {
    long now = nanoTime.getAsLong();
    Map<String, Long> all = new TreeMap<>();
    for (DropReason reason : DropReason.values()) {
      putIfAny(all, reason.label(), dropped.get(reason.ordinal()));
    }
    for (FaceRejection reason : FaceRejection.values()) {
      long count =
          rejectedBefore.getOrDefault(reason, 0L) + finder.rejected().getOrDefault(reason, 0L);
      putIfAny(all, reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), count);
    }
    return new CameraHealth(
        id,
        source,
        state,
        video,
        clock,
        in.perSecond(now),
        detected.perSecond(now),
        pictures.get(),
        faces.get(),
        tracksBefore + finder.tracksStarted(),
        finder.tracksInView(),
        all,
        reconnects.get(),
        lastFrameAt == Long.MIN_VALUE ? null : (now - lastFrameAt) / NANOS,
        decodeErrors.get(),
        lastError);
  }

  private static void putIfAny(Map<String, Long> counts, String reason, long count) {
    if (count > 0) {
      counts.put(reason, count);
    }
  }
}
