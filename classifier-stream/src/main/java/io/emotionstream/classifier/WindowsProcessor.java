// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.classifier.WindowContents.Window;
import io.emotionstream.model.Calibration;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.MissedWindows;
import io.emotionstream.schemas.WindowClosing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts a camera's emotion events in event-time windows of every configured kind and forwards each
 * window once, when it is final by the camera's own clock ({@link CameraWindows}).
 *
 * <p>Kafka Streams' own windows close by the stream time of the partition, so that one camera whose
 * clock is ahead would make every other camera of its partition late.
 *
 * <p>A camera that falls silent for longer than the idle timeout is taken to have a clock that goes
 * on, the timeout behind: each of its windows becomes final as much later than its heartbeats would
 * have made it. Its own clock stands, so when it comes back it goes on in what is still open.
 */
final class WindowsProcessor implements Processor<String, SpecificRecord, String, SpecificRecord> {
  private static final long ALL_TIME = Long.MAX_VALUE;
  private static final Duration SHORTEST_LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

  private final ClassifierConfig config;
  private final Function<String, Optional<Calibration>> calibrations;

  // Set by init, before any record.
  private @Nullable Task task;
  private @Nullable Cancellable look;

  /**
   * @param calibrations of the models that are loaded, by id
   */
  WindowsProcessor(ClassifierConfig config, Function<String, Optional<Calibration>> calibrations) {
    this.config = config;
    this.calibrations = calibrations;
  }

  /** What this processor has while its task runs. */
  private record Task(
      ProcessorContext<String, SpecificRecord> context,
      KeyValueStore<String, CameraWindows> cameras,
      PaneStore panes,
      ModelConfusions confusions,
      IdleCameras idle,
      TaskSensors sensors,
      Sensor windowed,
      Sensor late,
      Sensor windowsClosed,
      Sensor windowsIdle) {}

  /** Also called anew after a failure of the task, hence resets everything. */
  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    close();
    TaskSensors sensors = new TaskSensors(context);
    KeyValueStore<Bytes, byte[]> panes = context.getStateStore(ClassifierTopology.WINDOW_PANES);
    KeyValueStore<String, byte[]> confusions =
        context.getStateStore(ClassifierTopology.MODEL_CONFUSIONS);
    task =
        new Task(
            context,
            context.getStateStore(ClassifierTopology.CAMERA_WINDOWS),
            new PaneStore(panes),
            new ModelConfusions(confusions, calibrations),
            new IdleCameras(),
            sensors,
            sensors.count(ClassifierMetrics.WINDOWED),
            sensors.count(ClassifierMetrics.LATE),
            sensors.count(ClassifierMetrics.WINDOWS_CLOSED),
            sensors.count(ClassifierMetrics.WINDOWS_IDLE));
    if (!config.idleTimeout().isZero()) {
      watchOpenCameras(task);
      look = context.schedule(lookEvery(), PunctuationType.WALL_CLOCK_TIME, this::closeIdle);
    }
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    Task task = task();
    if (record.value() instanceof EmotionEvent face) {
      count(task, record, face);
    } else if (record.value() instanceof CameraHeartbeat heartbeat) {
      observe(task, heartbeat);
    } else {
      throw new IllegalArgumentException("cannot count a " + record.value().getClass().getName());
    }
  }

  @Override
  public void close() {
    if (look != null) { // Kafka Streams keeps the timers of a task that it starts anew
      look.cancel();
      look = null;
    }
    if (task != null) {
      task.sensors.close();
      task = null;
    }
  }

  private void count(Task task, Record<String, SpecificRecord> record, EmotionEvent face) {
    String cameraId = face.getCameraId();
    CameraWindows camera = camera(task, cameraId);
    long capturedAt = Micros.of(face.getCapturedAt());
    List<MissedWindows> missed = new ArrayList<>(0);
    task.confusions.learn(face.getModelId());
    for (WindowProgress kind : camera.configured(config.windows())) {
      int tooLateFor = kind.finalWindowsOf(capturedAt);
      int inTimeFor = kind.windowsOfAFace() - tooLateFor;
      if (tooLateFor > 0) {
        kind.miss(tooLateFor);
        missed.add(new MissedWindows(kind.size / 1000, kind.advance / 1000, tooLateFor));
      }
      if (inTimeFor > 0) {
        task.panes.add(cameraId, kind, face);
      }
      record(task.late, tooLateFor);
      record(task.windowed, inTimeFor);
    }
    if (!missed.isEmpty()) {
      EmotionEvent late = EmotionEvent.newBuilder(face).setMissedWindows(missed).build();
      task.context.forward(record.withValue(late), ClassifierTopology.EMOTION_LATE_EVENTS);
    }
    camera.observe(capturedAt);
    closePassed(task, cameraId, camera);
    save(task, cameraId, camera);
  }

  private void observe(Task task, CameraHeartbeat heartbeat) {
    String cameraId = heartbeat.getCameraId();
    CameraWindows camera = camera(task, cameraId);
    if (heartbeat.getEnded()) {
      close(task, cameraId, camera, ALL_TIME, WindowClosing.CAMERA_ENDED);
    } else {
      long observedAt = Micros.of(heartbeat.getObservedAt());
      if (config.emptyWindows()) {
        for (WindowProgress kind : camera.configured(config.windows())) {
          if (kind.finalWindowsOf(observedAt) < kind.windowsOfAFace()) {
            task.panes.addHeartbeat(cameraId, kind, observedAt);
          }
        }
      }
      camera.observe(observedAt);
      closePassed(task, cameraId, camera);
    }
    save(task, cameraId, camera);
  }

  private void closeIdle(long now) {
    Task task = task();
    for (Map.Entry<String, Long> idle : task.idle.idle(now, config.idleTimeout().toMillis())) {
      String cameraId = idle.getKey();
      CameraWindows camera = camera(task, cameraId);
      long assumedClock = camera.clock() + idle.getValue() * 1000;
      if (close(task, cameraId, camera, assumedClock, WindowClosing.IDLE)) {
        task.cameras.put(cameraId, camera);
      }
      if (camera.isEmpty()) {
        task.idle.forget(cameraId);
      }
    }
  }

  private static void closePassed(Task task, String cameraId, CameraWindows camera) {
    close(task, cameraId, camera, camera.clock(), WindowClosing.EVENT_TIME);
    camera.kinds().forEach(kind -> kind.pass(camera.clock()));
  }

  /** Forwards every window that is final for a clock; returns whether there was one. */
  private static boolean close(
      Task task, String cameraId, CameraWindows camera, long clock, WindowClosing reason) {
    boolean closed = false;
    for (WindowProgress kind : camera.kinds()) {
      while (kind.isDue(clock)) {
        long end = kind.nextEnd();
        WindowContents contents = task.panes.window(cameraId, kind, end);
        Window window = new Window(cameraId, kind, end, reason, kind.close(end));
        task.panes.deleteClosed(cameraId, kind);
        forward(task, contents.toDistribution(window, task.confusions::of));
        closed = true;
      }
    }
    return closed;
  }

  private static void forward(Task task, EmotionDistribution distribution) {
    task.context.forward(
        new Record<>(
            distribution.getCameraId(),
            (SpecificRecord) distribution,
            distribution.getWindowEnd().toEpochMilli()),
        ClassifierTopology.EMOTION_DISTRIBUTIONS);
    task.windowsClosed.record();
    if (distribution.getClosedBy() == WindowClosing.IDLE) {
      task.windowsIdle.record();
    }
  }

  private CameraWindows camera(Task task, String cameraId) {
    CameraWindows camera =
        Optional.ofNullable(task.cameras.get(cameraId)).orElseGet(CameraWindows::new);
    takeOverFrom01(task, cameraId, camera);
    camera.configure(config.windows());
    return camera;
  }

  /** Release 0.1 kept a camera's open windows beside its clock: each becomes a pane. */
  private static void takeOverFrom01(Task task, String cameraId, CameraWindows camera) {
    for (WindowOf01 window : camera.legacy()) {
      WindowProgress kind =
          camera.kinds().stream()
              .filter(candidate -> candidate.size == window.end() - window.start())
              .findFirst()
              .orElseThrow();
      task.panes.put(cameraId, kind, window.start(), Pane.of(window));
    }
    camera.legacy().clear();
  }

  private void save(Task task, String cameraId, CameraWindows camera) {
    task.cameras.put(cameraId, camera);
    if (camera.isEmpty()) {
      task.idle.forget(cameraId);
    } else {
      task.idle.heard(cameraId, task.context.currentSystemTimeMs());
    }
  }

  private static void watchOpenCameras(Task task) {
    try (KeyValueIterator<String, CameraWindows> all = task.cameras.all()) {
      while (all.hasNext()) {
        KeyValue<String, CameraWindows> camera = all.next();
        if (!camera.value.isEmpty()) {
          task.idle.heard(camera.key, task.context.currentSystemTimeMs());
        }
      }
    }
  }

  /** Rarely, for at each timer Kafka Streams takes fewer records at a time. */
  private Duration lookEvery() {
    Duration quarter = config.idleTimeout().dividedBy(4);
    if (quarter.compareTo(SHORTEST_LOOK) < 0) {
      return SHORTEST_LOOK;
    }
    return quarter.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : quarter;
  }

  private static void record(Sensor sensor, int times) {
    for (int i = 0; i < times; i++) {
      sensor.record();
    }
  }

  private Task task() {
    if (task == null) {
      throw new IllegalStateException("the processor is not initialized");
    }
    return task;
  }
}
