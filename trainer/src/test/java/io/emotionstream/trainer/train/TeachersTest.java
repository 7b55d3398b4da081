// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.NativeKernels;
import io.emotionstream.model.Temperature;
import io.emotionstream.trainer.network.Architecture;
import io.emotionstream.trainer.network.Precision;
import io.emotionstream.trainer.network.TrainingForm;
import io.emotionstream.trainer.network.TrainingNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TeachersTest {
  private static final int SHARD = TrainingConfig.SHARD;
  private static final double TEMPERATURE = 0.8;
  private static final int WIDTH = Emotions.COUNT + 2;
  private static final TrainingForm FORM = new TrainingForm(SHARD, 0, 0, 0, Precision.FLOAT32);

  @BeforeAll
  static void useKernels() {
    NativeKernels.enable();
  }

  @Test
  void movesTheEmotionsTowardsTheAnswerToTheFacesOrTheirMirrorImages() {
    float[] faces = drawnFaces();
    Teachers.Teacher teacher = teacher(1);
    float[][] answers = answers(teacher, faces);
    float[][] mirroredAnswers = answers(teacher, mirrored(faces));
    boolean sawFaces = false;
    boolean sawMirrored = false;

    try (Teachers teachers = new Teachers(List.of(teacher), 0.75, Precision.FLOAT32, 5)) {
      for (int start = 0; start < 8 * SHARD; start += SHARD) {
        float[] targets = targets();
        teachers.teach(faces, targets, WIDTH, 0, start);

        boolean plain = isTaught(targets, answers);
        assertThat(plain || isTaught(targets, mirroredAnswers)).isTrue();
        sawFaces |= plain;
        sawMirrored |= !plain;
        assertThat(targets[Emotions.COUNT]).as("second question").isEqualTo(9);
      }
    }

    assertThat(sawFaces).isTrue();
    assertThat(sawMirrored).isTrue();
  }

  @Test
  void everyTeacherHasItsTurn() {
    float[] faces = drawnFaces();
    List<Teachers.Teacher> both = List.of(teacher(1), teacher(2));
    long first = 0;

    try (Teachers teachers = new Teachers(both, 0.75, Precision.FLOAT32, 5)) {
      for (int epoch = 0; epoch < 20; epoch++) {
        float[] targets = targets();
        teachers.teach(faces, targets, WIDTH, epoch, 0);
        boolean byFirst =
            isTaught(targets, answers(both.get(0), faces))
                || isTaught(targets, answers(both.get(0), mirrored(faces)));
        first += byFirst ? 1 : 0;
      }
    }

    assertThat(first).isBetween(4L, 16L);
  }

  @Test
  void refusesAWeightThatIsNoShare() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Predecessors(Optional.empty(), List.of(), 1.5))
        .withMessage("the weight of the teachers must be between 0 and 1, was 1.5");
  }

  /** Whether each row is a quarter label, three quarters answer, times the face's weight of two. */
  private static boolean isTaught(float[] targets, float[][] answers) {
    for (int i = 0; i < SHARD; i++) {
      for (int label = 0; label < Emotions.COUNT; label++) {
        float expected = 2 * (0.75f * answers[i][label] + (label == i % 7 ? 0.25f : 0));
        if (Math.abs(targets[i * WIDTH + label] - expected) > 1e-5) {
          return false;
        }
      }
      float sum = 0;
      for (int label = 0; label < Emotions.COUNT; label++) {
        sum += targets[i * WIDTH + label];
      }
      assertThat(sum).isCloseTo(2, within(1e-4f));
    }
    return true;
  }

  private static float[] targets() {
    float[] targets = new float[SHARD * WIDTH];
    for (int i = 0; i < SHARD; i++) {
      targets[i * WIDTH + i % 7] = 2;
      targets[i * WIDTH + Emotions.COUNT] = 9;
    }
    return targets;
  }

  private static float[] drawnFaces() {
    Random random = new Random(3);
    float[] faces = new float[SHARD * FaceNormalizer.PIXELS];
    for (int i = 0; i < faces.length; i++) {
      faces[i] = random.nextFloat() * (i % FaceNormalizer.SIDE) / FaceNormalizer.SIDE;
    }
    return faces;
  }

  private static float[] mirrored(float[] faces) {
    float[] mirrored = new float[faces.length];
    for (int i = 0; i < faces.length; i++) {
      int x = i % FaceNormalizer.SIDE;
      mirrored[i] = faces[i - x + FaceNormalizer.SIDE - 1 - x];
    }
    return mirrored;
  }

  private static Teachers.Teacher teacher(long seed) {
    try (TrainingNetwork network = Architecture.VGG_SMALL.newTrainingNetwork(FORM)) {
      return new Teachers.Teacher(
          Architecture.VGG_SMALL, network.initialParameters(seed), TEMPERATURE);
    }
  }

  private static float[][] answers(Teachers.Teacher teacher, float[] faces) {
    try (TrainingNetwork network = teacher.network().newTrainingNetwork(FORM)) {
      network.setParameters(teacher.parameters());
      return Arrays.stream(network.classify(faces))
          .map(answer -> Temperature.scale(answer, TEMPERATURE))
          .toArray(float[][]::new);
    }
  }
}
