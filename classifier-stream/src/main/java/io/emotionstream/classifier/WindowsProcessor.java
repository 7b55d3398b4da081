// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts a camera's emotion events in event-time windows and forwards each window once, when it is
 * final by the camera's own clock ({@link CameraWindows}).
 *
 * <p>Kafka Streams' own windows close by the stream time of the partition, so that one camera whose
 * clock is ahead would make every other camera of its partition late.
 */
final class WindowsProcessor implements Processor<String, SpecificRecord, String, SpecificRecord> {
  private final DistributionWindow window;

  // Set by init, before any record.
  private @Nullable Task task;

  WindowsProcessor(DistributionWindow window) {
    this.window = window;
  }

  /** What this processor has while its task runs. */
  private record Task(
      ProcessorContext<String, SpecificRecord> context,
      KeyValueStore<String, CameraWindows> cameras,
      TaskSensors sensors,
      Sensor windowed,
      Sensor late,
      Sensor windowsClosed) {}

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    TaskSensors sensors = new TaskSensors(context);
    task =
        new Task(
            context,
            context.getStateStore(ClassifierTopology.CAMERA_WINDOWS),
            sensors,
            sensors.count(ClassifierMetrics.WINDOWED),
            sensors.count(ClassifierMetrics.LATE),
            sensors.count(ClassifierMetrics.WINDOWS_CLOSED));
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    if (task == null) {
      throw new IllegalStateException("the processor is not initialized");
    }
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
    if (task != null) {
      task.sensors.close();
      task = null;
    }
  }

  private void count(Task task, Record<String, SpecificRecord> record, EmotionEvent face) {
    CameraWindows camera = camera(task, face.getCameraId());
    if (!camera.add(face, window)) {
      task.late.record();
      task.context.forward(record, ClassifierTopology.EMOTION_LATE_EVENTS);
      return;
    }
    task.windowed.record();
    save(task, face.getCameraId(), camera, camera.closeFinal(window));
  }

  private void observe(Task task, CameraHeartbeat heartbeat) {
    CameraWindows camera = camera(task, heartbeat.getCameraId());
    List<OpenWindow> closed;
    if (heartbeat.getEnded()) {
      closed = camera.closeAll();
    } else {
      camera.observe(Micros.of(heartbeat.getObservedAt()));
      closed = camera.closeFinal(window);
    }
    save(task, heartbeat.getCameraId(), camera, closed);
  }

  private static CameraWindows camera(Task task, String cameraId) {
    return Optional.ofNullable(task.cameras.get(cameraId)).orElseGet(CameraWindows::new);
  }

  private static void save(
      Task task, String cameraId, CameraWindows camera, List<OpenWindow> closed) {
    task.cameras.put(cameraId, camera);
    for (OpenWindow window : closed) {
      EmotionDistribution distribution = window.toDistribution(cameraId);
      task.context.forward(
          new Record<>(cameraId, distribution, distribution.getWindowEnd().toEpochMilli()),
          ClassifierTopology.EMOTION_DISTRIBUTIONS);
      task.windowsClosed.record();
    }
  }
}
