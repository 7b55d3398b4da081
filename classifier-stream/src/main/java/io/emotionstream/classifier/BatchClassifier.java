// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.schemas.DeadLetterReason.CLASSIFIER_FAILED;
import static io.emotionstream.schemas.DeadLetterReason.NON_FINITE_RESULT;

import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifies many faces so that one that makes the network fail costs itself alone: when a batch
 * fails, its faces are tried one by one.
 *
 * <p>Where none of a batch's faces got an answer, a blank face tells whose fault it is. If the
 * network answers that, the faces are at fault. If not, the network is broken for every face
 * (native memory, a damaged library, weights that are not numbers): then this throws, so that the
 * stream stops and its frames are answered after a restart, rather than filing all of them.
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

  /**
   * Returns an answer for each face, in order.
   *
   * @throws BrokenClassifierException if the network fails at every face, even a blank one
   */
  List<Answer> classify(List<float[]> faces) {
    if (classifier instanceof SwappableClassifier swappable) {
      swappable.takeCurrent(); // all of a batch, even face by face, by one model
    }
    List<Answer> answers = new ArrayList<>(faces.size());
    for (int from = 0; from < faces.size(); from += maxBatch) {
      int to = Math.min(from + maxBatch, faces.size());
      List<Answer> some = classifyTogether(faces.subList(from, to).toArray(float[][]::new));
      if (some.stream().allMatch(Failure.class::isInstance)) {
        requireAnswerToBlankFace();
      }
      answers.addAll(some);
    }
    return answers;
  }

  private void requireAnswerToBlankFace() {
    Answer answer;
    try {
      answer = check(answersOf(new float[1][FaceNormalizer.PIXELS])[0]);
    } catch (RuntimeException e) { // whatever the network throws
      throw new BrokenClassifierException(
          "model %s fails even at a blank face: %s".formatted(modelId(), OneLine.of(e)), e);
    }
    if (answer instanceof Failure failure) {
      throw new BrokenClassifierException(
          "model %s fails even at a blank face: %s".formatted(modelId(), failure.message()));
    }
  }

  private List<Answer> classifyTogether(float[][] faces) {
    sensors.batch(faces.length);
    try {
      return Arrays.stream(answersOf(faces)).map(BatchClassifier::check).toList();
    } catch (RuntimeException e) { // whatever the network throws
      if (!failedBefore) {
        failedBefore = true;
        LOG.warn(
            "Model {} failed at {} faces, the first such failure: {}",
            modelId(),
            faces.length,
            OneLine.of(e),
            e);
      }
      if (faces.length == 1) {
        return List.of(
            new Failure(CLASSIFIER_FAILED, "model " + modelId() + " failed: " + OneLine.of(e)));
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
