// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.emotionstream.operations.MetricFamilies;
import io.emotionstream.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live side: a reader of the topics, the state it fills, and those who watch. Safe for use by
 * several threads.
 */
public final class Live implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Live.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final LiveState state;
  private final LiveStreams streams;
  private final LiveReader reader;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "dashboard-ticker"));

  /**
   * Connects to nothing yet.
   *
   * @param history how far before the start the reading begins
   * @param models what is known of models, by id
   */
  public Live(
      Map<String, Object> kafkaSettings,
      Topics topics,
      Duration history,
      Map<String, ModelFigures> models,
      InstantSource clock) {
    Instant start = clock.instant().minus(history);
    this.state = new LiveState(clock, start, LiveState.DEFAULT_MAX_CAMERAS, models);
    this.streams = new LiveStreams(state, LiveStreams.DEFAULT_MAX_STREAMS, System::nanoTime);
    this.reader = new LiveReader(kafkaSettings, topics, state, start, clock);
  }

  /** Begins to read and to tell. */
  public void start() {
    reader.start();
    ticker.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), MILLISECONDS);
  }

  LiveState state() {
    return state;
  }

  /** Returns a page of cameras as JSON. */
  public byte[] cameras(Selection selection) {
    LiveView view = state.view();
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    out.writeBytes(
        Pieces.text(
            "{\"total\":%d,\"offset\":%d,\"limit\":%d,\"cameras\":["
                .formatted(selection.total(view), selection.offset(), selection.limit())));
    Pieces.join(out, selection.in(view).stream().map(CameraView::json).toList());
    out.writeBytes(Pieces.WINDOWS_END);
    return out.toByteArray();
  }

  /**
   * Begins a stream of events.
   *
   * @param lastVersion the id of the last event that the other side has seen, if it was here before
   * @return whether there was room for it
   */
  public boolean watch(Selection selection, OptionalLong lastVersion, Subscriber subscriber) {
    return streams.add(selection, lastVersion, subscriber);
  }

  /** Returns the sizes of the windows that were seen, in milliseconds, ascending. */
  public List<Long> windowSizes() {
    return state.view().windowSizes();
  }

  /** Returns the model in use as JSON, or {@code null} in JSON. */
  public byte[] model() {
    return state.view().model();
  }

  public KafkaStatus status() {
    return reader.status();
  }

  /** Returns why the reading has stopped for good, if it has. */
  public Optional<Throwable> failure() {
    return reader.failure();
  }

  /** Returns in words why the reading has stopped for good, if it has. */
  public Optional<String> end() {
    return failure().map(cause -> "the topics are not read any more: " + cause);
  }

  /** Returns why what is shown is not what is, if so. */
  public Optional<String> problem() {
    KafkaStatus status = reader.status();
    if (failure().isPresent()) {
      return end();
    }
    if (!status.isConnected()) {
      return Optional.of(status.message());
    }
    return status.hasCaughtUp()
        ? Optional.empty()
        : Optional.of("still reading what was on the topics at the start");
  }

  /** Adds what is shown, and to how many, to the metrics. */
  public void addTo(MetricFamilies families) {
    LiveView view = state.view();
    for (CameraState one : CameraState.values()) {
      families.gauge(
          "emotion_dashboard_cameras",
          "Cameras that are held, by what they do.",
          view.cameras().stream().filter(camera -> camera.state() == one).count(),
          "state",
          one.text());
    }
    families.gauge("emotion_dashboard_streams", "Live streams that are open.", streams.size());
    families.counter(
        "emotion_dashboard_streams_dropped_total",
        "Live streams that were ended because they did not read.",
        streams.dropped());
    families.gauge(
        "emotion_dashboard_lag_records",
        "Records on the topics that were not read yet, some seconds ago.",
        reader.status().lagRecords());
    families.counter(
        "emotion_dashboard_records_turned_away_total",
        "Records of cameras beyond those that are held; they count in the totals.",
        state.turnedAway());
    families.counter(
        "emotion_dashboard_records_unreadable_total",
        "Records on the topics that are none of this product.",
        state.unreadableRecords());
  }

  /** Returns whether there are more cameras than are held. */
  public boolean isFull() {
    return state.turnedAway() > 0;
  }

  /** Returns how many watch. */
  public int watching() {
    return streams.size();
  }

  /** Returns how many were dropped because they did not read what they were told. */
  public long dropped() {
    return streams.dropped();
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    streams.endAll();
    reader.close();
  }

  private void tick() {
    try {
      streams.tell(state.tick());
    } catch (RuntimeException e) { // an exception would end the ticking for good
      LOG.error("a tick was lost", e);
    }
  }
}
