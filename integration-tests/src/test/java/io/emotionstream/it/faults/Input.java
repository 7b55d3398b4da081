// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import io.emotionstream.datasets.synthetic.SyntheticFaces;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.testkit.Faces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the cameras of a run publish, record by record: faces in and out of order, some of them
 * late; heartbeats; in every {@value #POISON_EVERY} records one that is poison; at the end, the end
 * of each camera. The same for the same arguments, so that two runs can be compared.
 */
final class Input {
  /** Less than a batch, so that there is one in each. */
  static final int POISON_EVERY = 25;

  static final int CAMERAS = 8;

  private static final int DISTINCT_FACES = 256;
  private static final int HEARTBEAT_EVERY = 50;
  private static final AvroSerde<SpecificRecord> SERDE =
      AvroSerde.of(FaceFrame.class, CameraHeartbeat.class);

  /** How a face is drawn, and what is poison beside records that nobody can read. */
  private interface Drawing {
    Faces face(Faces frame, int index);

    Faces poison(Faces frame, int index);
  }

  private final int frames;
  private final Instant start;
  private final Duration step;
  private final Drawing drawing;

  private Input(int frames, Instant start, Duration step, Drawing drawing) {
    this.frames = frames;
    this.start = start;
    this.step = step;
    this.drawing = drawing;
  }

  /**
   * One record.
   *
   * @param key the camera's id
   * @param id of what has to be answered by an event or a dead letter; null for a heartbeat
   */
  record Entry(String key, byte @Nullable [] value, @Nullable String id) {}

  /**
   * Faces for a real network.
   *
   * @param frames records before the cameras end
   * @param step between two faces of a camera
   */
  static Input drawn(int frames, Instant start, Duration step, long seed) {
    List<byte[]> faces = drawFaces(seed);
    return new Input(
        frames,
        start,
        step,
        new Drawing() {
          @Override
          public Faces face(Faces frame, int index) {
            return frame.holding(faces.get(index % faces.size()));
          }

          @Override
          public Faces poison(Faces frame, int index) {
            return frame.holding((byte) 1, (byte) 2);
          }
        });
  }

  /** Faces that tell a classifier of fixed answers what to answer: nothing at all, too. */
  static Input withFixedAnswers(int frames, Instant start, Duration step) {
    return new Input(
        frames,
        start,
        step,
        new Drawing() {
          @Override
          public Faces face(Faces frame, int index) {
            return frame.showing(Emotions.ALL.get(index % Emotions.COUNT)).seeded(index);
          }

          @Override
          public Faces poison(Faces frame, int index) {
            return index % 2 == 0 ? frame.failingClassifier() : frame.answeredWithNaN();
          }
        });
  }

  /** Returns the number of records. */
  int size() {
    return frames + CAMERAS;
  }

  /** Returns the record at {@code index} from 0. */
  Entry get(int index) {
    int place = index / CAMERAS;
    String camera = "camera-" + index % CAMERAS;
    Instant now = start.plus(step.multipliedBy(place)).plusMillis(index % CAMERAS);
    if (index >= frames) {
      return heartbeat(Faces.end(camera, now));
    }
    if (index % HEARTBEAT_EVERY == HEARTBEAT_EVERY - 1) {
      return heartbeat(Faces.heartbeat(camera, now));
    }
    if (index % POISON_EVERY == 7) {
      return poison(camera, now, index);
    }
    return entry(drawing.face(frame(camera, capturedAt(now, place), index), index));
  }

  private Entry poison(String camera, Instant now, int index) {
    String id = "poison-" + index;
    Faces frame = frame(camera, now, index).withId(id);
    return switch (index / POISON_EVERY % 6) {
      case 0 -> new Entry(camera, "no record".getBytes(StandardCharsets.UTF_8), id);
      case 1 -> new Entry(camera, null, id);
      case 2 -> new Entry("another-" + camera, SERDE.encode(frame.build()), id);
      default -> entry(drawing.poison(frame, index / POISON_EVERY));
    };
  }

  /** Every now and then a face comes after younger ones, or even after its window was closed. */
  private Instant capturedAt(Instant now, int place) {
    if (place % 40 == 39) {
      return now.minusSeconds(30);
    }
    return place % 17 == 5 ? now.minus(step.multipliedBy(2)) : now;
  }

  private static Faces frame(String camera, Instant capturedAt, int index) {
    return Faces.frame(camera, capturedAt).numbered(index);
  }

  private static Entry entry(Faces face) {
    FaceFrame frame = face.build();
    return new Entry(frame.getCameraId(), SERDE.encode(frame), frame.getFrameId());
  }

  private static Entry heartbeat(CameraHeartbeat sign) {
    return new Entry(sign.getCameraId(), SERDE.encode(sign), null);
  }

  private static List<byte[]> drawFaces(long seed) {
    try {
      SyntheticFaces faces = SyntheticFaces.shipped();
      SplittableRandom random = new SplittableRandom(seed);
      return IntStream.range(0, DISTINCT_FACES)
          .mapToObj(i -> faces.draw(i % Emotion.values().length, random))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("the shipped faces cannot be read", e);
    }
  }
}
