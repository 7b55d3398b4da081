// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.schemas.DeadLetterReason.CLASSIFIER_FAILED;
import static io.emotionstream.schemas.DeadLetterReason.NON_FINITE_RESULT;

import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifies many faces so that one that makes the network fail costs itself alone: when a batch
 * fails, its faces are tried one by one.
 */
final class BatchClassifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchClassifier.class);

  private final EmotionClassifier classifier;
  private final int maxBatch;
  private final ClassifySensors sensors;
  private boolean failedBefore;

  BatchClassifier(EmotionClassifier classifier, int maxBatch, ClassifySensors sensors) {
    this.classifier = classifier;
    this.maxBatch = maxBatch;
    this.sensors = sensors;
  }

  /** What the network said of one face. */
  sealed interface Answer {}

  /** Seven finite values in label order. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Probabilities(float[] values) implements Answer {}

  /** No usable answer. */
  record Failure(DeadLetterReason reason, String message) implements Answer {}

  String modelId() {
    return classifier.modelId();
  }

  /** Returns an answer for each face, in order. */
  List<Answer> classify(List<float[]> faces) {
    List<Answer> answers = new ArrayList<>(faces.size());
    for (int from = 0; from < faces.size(); from += maxBatch) {
      int to = Math.min(from + maxBatch, faces.size());
      answers.addAll(classifyTogether(faces.subList(from, to).toArray(float[][]::new)));
    }
    return answers;
  }

  private List<Answer> classifyTogether(float[][] faces) {
    sensors.batch(faces.length);
    try {
      return Arrays.stream(answersOf(faces)).map(BatchClassifier::check).toList();
    } catch (RuntimeException e) { // whatever the network throws
      if (!failedBefore) {
        failedBefore = true;
        LOG.warn("Model {} failed at {} faces; the first such failure", modelId(), faces.length, e);
      }
      if (faces.length == 1) {
        return List.of(new Failure(CLASSIFIER_FAILED, "model " + modelId() + " failed: " + e));
      }
      sensors.fallback();
      return Arrays.stream(faces).map(this::classifyAlone).toList();
    }
  }

  private Answer classifyAlone(float[] face) {
    return classifyTogether(new float[][] {face}).get(0);
  }

  private float[][] answersOf(float[][] faces) {
    float[][] answers = classifier.classify(faces);
    if (answers.length != faces.length) {
      throw new IllegalStateException(
          "%d answers for %d faces".formatted(answers.length, faces.length));
    }
    for (float[] answer : answers) {
      if (answer.length != Emotions.COUNT) {
        throw new IllegalStateException(
            "%d probabilities, expected %d".formatted(answer.length, Emotions.COUNT));
      }
    }
    return answers;
  }

  private static Answer check(float[] answer) {
    for (float probability : answer) {
      if (!Float.isFinite(probability)) {
        return new Failure(NON_FINITE_RESULT, "the network answered " + Arrays.toString(answer));
      }
    }
    return new Probabilities(answer);
  }

  @Override
  public void close() {
    classifier.close();
  }
}
