// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.model.FaceDecoder;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.InvalidFaceException;
import io.emotionstream.schemas.BoundingBox;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link FaceFrame}: {@code Faces.frame("lobby", NOON).showing(HAPPY).build()}.
 *
 * <p>Without further words it shows NEUTRAL in 48x48 pixels of GRAY8, has no box, track or label,
 * and a sequence, and thus an id, that no other face of this JVM has. Not safe for use by several
 * threads.
 */
public final class Faces {
  private static final AtomicLong SEQUENCES = new AtomicLong();

  private final String cameraId;
  private final Instant capturedAt;
  private long sequence = SEQUENCES.getAndIncrement();
  private @Nullable String frameId;
  private FixedAnswer answer = FixedAnswer.of(Emotion.NEUTRAL);
  private long seed;
  private int width = FaceNormalizer.SIDE;
  private int height = FaceNormalizer.SIDE;
  private int declaredWidth = width;
  private int declaredHeight = height;
  private byte @Nullable [] replacement;
  private ImageEncoding encoding = ImageEncoding.GRAY8;
  private @Nullable BoundingBox box;
  private @Nullable String trackId;
  private @Nullable Emotion label;

  private Faces(String cameraId, Instant capturedAt) {
    this.cameraId = cameraId;
    this.capturedAt = capturedAt.truncatedTo(ChronoUnit.MICROS);
  }

  /** Starts a face that a camera saw at a time. */
  public static Faces frame(String cameraId, Instant capturedAt) {
    return new Faces(cameraId, capturedAt);
  }

  /** Returns a camera's sign of life. */
  public static CameraHeartbeat heartbeat(String cameraId, Instant observedAt) {
    return heartbeat(cameraId, observedAt, false);
  }

  /** Returns the last record of a camera whose source came to its end. */
  public static CameraHeartbeat end(String cameraId, Instant observedAt) {
    return heartbeat(cameraId, observedAt, true);
  }

  /** Lets {@link FixedAnswerClassifier} answer {@code emotion}. */
  public Faces showing(Emotion emotion) {
    answer = FixedAnswer.of(emotion);
    return this;
  }

  /** Lets {@link FixedAnswerClassifier} answer NaN. */
  public Faces answeredWithNaN() {
    answer = FixedAnswer.NAN;
    return this;
  }

  /** Lets {@link FixedAnswerClassifier} throw. */
  public Faces failingClassifier() {
    answer = FixedAnswer.FAILURE;
    return this;
  }

  /** Draws other pixels of the same expression. */
  public Faces seeded(long value) {
    seed = value;
    return this;
  }

  /** Gives the picture another size, in pixels. */
  public Faces sized(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
    return declaring(newWidth, newHeight);
  }

  /** Stores the pixels in another way. */
  public Faces encodedAs(ImageEncoding value) {
    encoding = value;
    return this;
  }

  /** Lets the frame lie about its size, which need not be possible. */
  public Faces declaring(int falseWidth, int falseHeight) {
    declaredWidth = falseWidth;
    declaredHeight = falseHeight;
    return this;
  }

  /** Replaces the picture, as damage does. */
  public Faces holding(byte... bytes) {
    replacement = bytes.clone();
    return this;
  }

  /** Gives the frame its position in the camera's run, and an id made of it. */
  public Faces numbered(long value) {
    sequence = value;
    return this;
  }

  /** Replaces the id made of camera and sequence. */
  public Faces withId(String value) {
    frameId = value;
    return this;
  }

  /** Says where in its picture the face was, in pixels. */
  public Faces boxed(int x, int y, int boxWidth, int boxHeight) {
    box = new BoundingBox(x, y, boxWidth, boxHeight);
    return this;
  }

  /** Says that the face was followed from frame to frame. */
  public Faces tracked(String value) {
    trackId = value;
    return this;
  }

  /** Gives the frame a truth, whatever it shows. */
  public Faces labelled(Emotion truth) {
    label = truth;
    return this;
  }

  /** Returns the frame. */
  @SuppressWarnings("NullAway") // Avro's setters take null for optional fields but do not say so
  public FaceFrame build() {
    return FaceFrame.newBuilder()
        .setFrameId(frameId == null ? cameraId + "-" + sequence : frameId)
        .setCameraId(cameraId)
        .setSequence(sequence)
        .setCapturedAt(capturedAt)
        .setImage(image())
        .setBoundingBox(box)
        .setTrackId(trackId)
        .setLabel(label)
        .build();
  }

  /** Returns the face as the network gets it: 48x48 values in [0, 1]. */
  public float[] normalized() {
    try {
      FaceDecoder decoder = new FaceDecoder(FaceDecoder.DEFAULT_MAX_SIDE);
      return FaceNormalizer.normalize(decoder.decode(image()));
    } catch (InvalidFaceException e) {
      throw new IllegalStateException("this face cannot be normalized: " + e.getMessage(), e);
    }
  }

  private FaceImage image() {
    byte[] data =
        replacement == null
            ? FacePixels.encode(FacePixels.draw(answer, width, height, seed), encoding)
            : replacement;
    return new FaceImage(encoding, declaredWidth, declaredHeight, ByteBuffer.wrap(data));
  }

  private static CameraHeartbeat heartbeat(String cameraId, Instant observedAt, boolean ended) {
    return CameraHeartbeat.newBuilder()
        .setCameraId(cameraId)
        .setObservedAt(observedAt.truncatedTo(ChronoUnit.MICROS))
        .setEnded(ended)
        .build();
  }
}
