// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.MissedWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link EmotionEvent}: {@code Events.event("lobby", HAPPY, NOON).build()}.
 *
 * <p>Without further words it is what {@link FixedAnswerClassifier} would say 20 ms after the
 * capture, has no track or label, and a frame id that no other event of this JVM has. Not safe for
 * use by several threads.
 */
public final class Events {
  private static final Duration DELAY = Duration.ofMillis(20);
  private static final AtomicLong NUMBERS = new AtomicLong();

  static {
    AvroSerde.of(EmotionEvent.class); // makes Avro trust our records, which copying them needs
  }

  private final String cameraId;
  private final Instant capturedAt;
  private String frameId;
  private float[] probabilities;
  private Instant classifiedAt;
  private String modelId = FixedAnswerClassifier.MODEL_ID;
  private @Nullable String trackId;
  private @Nullable Emotion label;
  private @Nullable Boolean uncertain;
  private @Nullable List<MissedWindows> missed;

  private Events(String cameraId, Emotion emotion, Instant capturedAt) {
    this.cameraId = cameraId;
    this.capturedAt = capturedAt.truncatedTo(ChronoUnit.MICROS);
    this.frameId = cameraId + "-event-" + NUMBERS.getAndIncrement();
    this.probabilities = FixedAnswerClassifier.answerFor(emotion);
    this.classifiedAt = this.capturedAt.plus(DELAY);
  }

  /** Starts the event of a face that a camera saw at a time. */
  public static Events event(String cameraId, Emotion emotion, Instant capturedAt) {
    return new Events(cameraId, emotion, capturedAt);
  }

  /** Gives it another frame's id. */
  public Events withId(String value) {
    frameId = value;
    return this;
  }

  /** Gives it other probabilities, seven in label order; emotion and confidence follow. */
  public Events withProbabilities(float... values) {
    probabilities = values.clone();
    return this;
  }

  /** Says when it was classified. */
  public Events classifiedAt(Instant value) {
    classifiedAt = value.truncatedTo(ChronoUnit.MICROS);
    return this;
  }

  /** Says which model classified it. */
  public Events classifiedBy(String model) {
    modelId = model;
    return this;
  }

  /** Says that the face was followed from frame to frame. */
  public Events tracked(String value) {
    trackId = value;
    return this;
  }

  /** Gives it a truth, whatever was seen. */
  public Events labelled(Emotion truth) {
    label = truth;
    return this;
  }

  /** Says whether its model's threshold finds it uncertain. */
  public Events uncertain(boolean value) {
    uncertain = value;
    return this;
  }

  /** Makes it a late one, too late for {@code windows} of one size and advance; repeatable. */
  public Events missing(Duration size, Duration advance, int windows) {
    missed = missed == null ? new ArrayList<>() : missed;
    missed.add(new MissedWindows(size.toMillis(), advance.toMillis(), windows));
    return this;
  }

  /** Returns the event. */
  @SuppressWarnings("NullAway") // Avro's setters take null for optional fields but do not say so
  public EmotionEvent build() {
    Emotion top = Emotions.top1(probabilities);
    List<Float> values = new ArrayList<>();
    for (float probability : probabilities) {
      values.add(probability);
    }
    return EmotionEvent.newBuilder()
        .setFrameId(frameId)
        .setCameraId(cameraId)
        .setCapturedAt(capturedAt)
        .setClassifiedAt(classifiedAt)
        .setModelId(modelId)
        .setEmotion(top)
        .setConfidence(probabilities[top.ordinal()])
        .setProbabilities(values)
        .setTrackId(trackId)
        .setLabel(label)
        .setUncertain(uncertain)
        .setMissedWindows(missed)
        .build();
  }
}
