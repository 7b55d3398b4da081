// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.schemas.DeadLetterReason.CLASSIFIER_FAILED;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.classifier.BatchClassifier.Failure;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.testkit.FixedAnswerClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class BatchClassifierTest {
  private static final float[] FAILING = filled(1); // white: see FixedAnswerClassifier
  private static final float[] ANSWERED = FixedAnswerClassifier.answerFor(HAPPY);

  private final ClassifySensors sensors =
      new ClassifySensors(new MockProcessorContext<String, SpecificRecord>());

  @Test
  void filesEveryFaceOfABatchWhereTheNetworkAnswersABlankOne() {
    BatchClassifier classifier = classifier(new FixedAnswerClassifier(), 2);

    assertThat(classifier.classify(List.of(FAILING, FAILING, FAILING)))
        .hasSize(3)
        .allSatisfy(answer -> assertThat(((Failure) answer).reason()).isEqualTo(CLASSIFIER_FAILED));
  }

  @Test
  void throwsAtTheFirstBatchWhereTheNetworkFailsAtEveryFace() {
    List<Integer> calls = new ArrayList<>();
    BatchClassifier classifier =
        classifier(
            network(
                faces -> {
                  calls.add(faces.length);
                  throw new IllegalStateException("no native memory");
                }),
            2);

    assertThatThrownBy(() -> classifier.classify(List.of(filled(0), filled(0), filled(0))))
        .isInstanceOf(BrokenClassifierException.class)
        .hasMessage(
            "model broken fails even at a blank face: java.lang.IllegalStateException:"
                + " no native memory")
        .hasRootCauseMessage("no native memory");
    assertThat(calls).containsExactly(2, 1, 1, 1);
  }

  @Test
  void throwsWhereTheNetworkAnswersNothingButNaN() {
    float[] nothing = new float[Emotions.COUNT];
    Arrays.fill(nothing, Float.NaN);
    BatchClassifier classifier = classifier(network(faces -> copies(nothing, faces.length)), 2);

    assertThatThrownBy(() -> classifier.classify(List.of(filled(0.5f))))
        .isInstanceOf(BrokenClassifierException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void goesOnWhereTheNetworkFailsOnlyAtSeveralFacesTogether() {
    BatchClassifier classifier =
        classifier(
            network(
                faces -> {
                  if (faces.length > 1) {
                    throw new IllegalStateException("no room for a batch");
                  }
                  return copies(ANSWERED, 1);
                }),
            2);

    assertThat(classifier.classify(List.of(filled(0), filled(0))))
        .hasSize(2)
        .noneMatch(Failure.class::isInstance);
  }

  @Test
  void asksNothingOfTheNetworkWhereThereIsNoFace() {
    BatchClassifier classifier =
        classifier(
            network(
                faces -> {
                  throw new IllegalStateException("called");
                }),
            2);

    assertThat(classifier.classify(List.of())).isEmpty();
  }

  private BatchClassifier classifier(EmotionClassifier network, int maxBatch) {
    return new BatchClassifier(network, maxBatch, sensors);
  }

  private static EmotionClassifier network(UnaryOperator<float[][]> answers) {
    return new EmotionClassifier() {
      @Override
      public String modelId() {
        return "broken";
      }

      @Override
      public float[][] classify(float[][] faces) {
        return answers.apply(faces);
      }

      @Override
      public void close() {}
    };
  }

  private static float[] filled(float level) {
    float[] face = new float[FaceNormalizer.PIXELS];
    Arrays.fill(face, level);
    return face;
  }

  private static float[][] copies(float[] answer, int count) {
    float[][] answers = new float[count][];
    Arrays.fill(answers, answer);
    return answers;
  }
}
