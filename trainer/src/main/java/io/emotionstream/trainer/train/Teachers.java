// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.model.Temperature;
import io.emotionstream.trainer.augment.Seeds;
import io.emotionstream.trainer.network.Architecture;
import io.emotionstream.trainer.network.Precision;
import io.emotionstream.trainer.network.TrainingForm;
import io.emotionstream.trainer.network.TrainingNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Earlier networks that say what they see in the very faces a network is trained on, varied and
 * mixed as they are (Beyer et al. 2022, "a good teacher is patient and consistent").
 *
 * <p>One teacher, drawn by chance, looks at a shard, or at its mirror image: over many steps the
 * target is the mean of all of them, at the price of one. To be used by one thread at a time.
 */
final class Teachers implements AutoCloseable {
  /** Keeps the draws of teachers apart from those of augmentation, which have rows as positions. */
  private static final long TEACHER = 0x74656163; // "teac"

  private final List<Teacher> teachers;
  private final List<TrainingNetwork> networks = new ArrayList<>();
  private final float weight;
  private final long seed;

  /**
   * A teacher.
   *
   * @param parameters flat, of a training network without a second question
   * @param temperature that its answers are scaled by, as when it serves
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Teacher(Architecture network, float[] parameters, double temperature) {
    /**
     * Reads a teacher out of a bundle.
     *
     * @throws IOException if it holds no network that the trainer knows
     */
    static Teacher of(ModelBundle bundle) throws IOException {
      ComputationGraph graph = bundle.newNetwork();
      try {
        Architecture network = Architecture.named(bundle.manifest().network());
        try (TrainingNetwork blank = network.newTrainingNetwork(form(Precision.FLOAT32))) {
          Calibration calibration = bundle.manifest().calibration();
          return new Teacher(
              network,
              network.parametersOf(graph, blank.initialParameters(0), 0),
              calibration == null ? 1 : calibration.temperature());
        }
      } catch (IllegalArgumentException e) {
        throw new IOException("%s cannot teach: %s".formatted(bundle, e.getMessage()), e);
      } finally {
        graph.close();
      }
    }
  }

  /**
   * Creates their networks.
   *
   * @param weight share of the teachers in the target
   * @param seed draws who teaches
   */
  Teachers(List<Teacher> teachers, double weight, Precision precision, long seed) {
    this.teachers = List.copyOf(teachers);
    for (Teacher teacher : teachers) {
      TrainingNetwork network = teacher.network().newTrainingNetwork(form(precision));
      network.setParameters(teacher.parameters());
      networks.add(network);
    }
    this.weight = (float) weight;
    this.seed = seed;
  }

  private static TrainingForm form(Precision precision) {
    return new TrainingForm(TrainingConfig.SHARD, 0, 0, 0, precision);
  }

  /**
   * Moves the targets of a shard towards what a teacher answers; the weight of a face stays.
   *
   * @param faces [shard, 48, 48] row by row, as the network sees them
   * @param targets [shard, width] row by row, the emotions first
   * @param start where the shard begins in the epoch
   */
  void teach(float[] faces, float[] targets, int width, int epoch, int start) {
    if (networks.isEmpty()) {
      return;
    }
    SplittableRandom random = Seeds.random(seed, TEACHER, epoch, start);
    int drawn = random.nextInt(networks.size());
    float[][] answers =
        networks.get(drawn).classify(random.nextBoolean() ? mirrored(faces) : faces);
    for (int i = 0; i < answers.length; i++) {
      float[] answer = Temperature.scale(answers[i], teachers.get(drawn).temperature());
      int row = i * width;
      float mass = 0;
      for (int label = 0; label < Emotions.COUNT; label++) {
        mass += targets[row + label];
      }
      for (int label = 0; label < Emotions.COUNT; label++) {
        targets[row + label] = (1 - weight) * targets[row + label] + weight * mass * answer[label];
      }
    }
  }

  private static float[] mirrored(float[] faces) {
    int side = FaceNormalizer.SIDE;
    float[] mirrored = new float[faces.length];
    for (int line = 0; line < faces.length; line += side) {
      for (int x = 0; x < side; x++) {
        mirrored[line + x] = faces[line + side - 1 - x];
      }
    }
    return mirrored;
  }

  @Override
  public void close() {
    networks.forEach(TrainingNetwork::close);
  }
}
