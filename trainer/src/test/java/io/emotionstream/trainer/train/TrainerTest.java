// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.emotionstream.model.BundleManifest;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.trainer.augment.Augmentation;
import io.emotionstream.trainer.network.Architecture;
import io.emotionstream.trainer.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short runs on random pictures whose brightness tells the class. */
class TrainerTest {
  private static final int EPOCHS = 3;
  private static final String COMMAND = "./emotion train --data faces.csv";

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    data = directory.resolve("faces.csv");
    Random random = new Random(1);
    List<String> lines = new ArrayList<>(List.of("emotion,pixels,Usage"));
    for (int i = 0; i < 140; i++) {
      int label = i % 7;
      StringBuilder line = new StringBuilder().append(label).append(',');
      for (int p = 0; p < FaceNormalizer.PIXELS; p++) {
        line.append(p == 0 ? "" : " ").append(label * 32 + random.nextInt(30));
      }
      lines.add(line + ",Training");
    }
    Files.write(data, lines);
  }

  @Test
  void reachesTheSameBundleInOneGoOrResumedOnAnyNumberOfThreads() throws Exception {
    Path whole = directory.resolve("whole");
    Path broken = directory.resolve("broken");
    Path bundle = Trainer.train(config(whole, 2, false));
    Trainer.train(config(broken, 1, false));
    breakOffInLastEpoch(broken);
    Path resumed = Trainer.train(config(broken, 1, true));

    assertThat(withoutSpeed(broken)).isEqualTo(withoutSpeed(whole)).hasSize(EPOCHS + 1);
    BundleManifest manifest = ModelBundle.load(bundle).manifest();
    assertThat(ModelBundle.load(resumed).manifest())
        .usingRecursiveComparison()
        .ignoringFields("provenance.trainingTime")
        .isEqualTo(manifest);
    assertThat(parameters(resumed)).isEqualTo(parameters(bundle));
    assertThat(manifest.metrics()).containsKey("validationAccuracy");
    assertThat(manifest.provenance()).containsEntry("command", COMMAND).containsEntry("seed", "11");
  }

  @Test
  void lowersTheLoss() throws Exception {
    Trainer.train(config(directory.resolve("run"), 2, false));

    List<String> history = withoutSpeed(directory.resolve("run"));
    assertThat(loss(history.get(EPOCHS))).isLessThan(loss(history.get(1)));
    assertThat(directory.resolve("run/accuracy.png")).isNotEmptyFile();
    assertThat(directory.resolve("run/loss.png")).isNotEmptyFile();
  }

  @Test
  void startsANewCycleFromABundle() throws Exception {
    Path first = Trainer.train(config(directory.resolve("first"), 2, false));

    Path second =
        Trainer.train(
            config(
                directory.resolve("second"),
                2,
                false,
                TrainingData.of(data),
                Predecessors.startingFrom(first)));

    assertThat(loss(withoutSpeed(directory.resolve("second")).get(1)))
        .isLessThan(loss(withoutSpeed(directory.resolve("first")).get(1)));
    assertThat(ModelBundle.load(second).manifest().provenance())
        .containsEntry("startedFrom", ModelBundle.load(first).modelId())
        .containsEntry("earlierCommands", COMMAND);
  }

  @Test
  void learnsFromVotesAsWell() throws Exception {
    Path votes = directory.resolve("votes.csv");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "index,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"));
    for (int i = 0; i < 140; i++) {
      lines.add(i + (i % 7 == 6 ? ",10,0" : ",0,10") + ",0,0,0,0,0,0,0,0");
    }
    Files.write(votes, lines);
    TrainingData both =
        new TrainingData(data, Optional.of(votes), 0.2, Optional.empty(), Imbalance.WEIGHTS);

    Path bundle =
        Trainer.train(config(directory.resolve("run"), 2, false, both, Predecessors.NONE));

    BundleManifest manifest = ModelBundle.load(bundle).manifest();
    assertThat(manifest.provenance()).containsEntry("extraAnnotation", "FER+ votes");
    assertThat(manifest.parameters()).isEqualTo(Architecture.VGG_SMALL.parameterCount());
    assertThat(parameters(bundle)).hasSize(Architecture.VGG_SMALL.parameterCount());
  }

  @Test
  void learnsFromTeachersTheSameOnAnyNumberOfThreads() throws Exception {
    Path teacher = Trainer.train(config(directory.resolve("teacher"), 2, false));
    Predecessors taught = new Predecessors(Optional.empty(), List.of(teacher, teacher), 0.7);

    Path bundle =
        Trainer.train(config(directory.resolve("two"), 2, false, TrainingData.of(data), taught));
    Trainer.train(config(directory.resolve("one"), 1, false, TrainingData.of(data), taught));

    assertThat(withoutSpeed(directory.resolve("one")))
        .isEqualTo(withoutSpeed(directory.resolve("two")))
        .isNotEqualTo(withoutSpeed(directory.resolve("teacher")));
    String id = ModelBundle.load(teacher).modelId();
    assertThat(ModelBundle.load(bundle).manifest().provenance())
        .containsEntry("teachers", id + "+" + id)
        .containsEntry("earlierCommands", COMMAND)
        .containsEntry("startedFrom", "none");
  }

  @Test
  void findsARateAtWhichTheLossFalls() throws Exception {
    Path run = directory.resolve("rates");

    double rate = Trainer.findLearningRate(config(run, 2, false));

    assertThat(rate).isBetween(1e-4, 3.0);
    assertThat(run.resolve("learning-rate.png")).isNotEmptyFile();
    assertThat(Files.readAllLines(run.resolve("learning-rate.csv")).get(0))
        .isEqualTo("rate,smoothedLoss");
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint-00060.bin", "best.emotion"})
  void leavesAnotherRunAlone(String file) throws IOException {
    Path run = directory.resolve("run");
    Path left = Files.writeString(Files.createDirectory(run).resolve(file), "hours of work");

    assertThatIOException()
        .isThrownBy(() -> Trainer.train(config(run, 1, false)))
        .withMessage("%s holds a run: --resume goes on with it, or choose another --out", run);

    assertThat(run.toFile().list()).containsExactly(file);
    assertThat(left).hasContent("hours of work");
  }

  @Test
  void needsAFaceToValidateOn() {
    Path run = directory.resolve("run");

    assertThatIOException()
        .isThrownBy(() -> Trainer.train(config(run, 1, false, 0.01)))
        .withMessage(
            "%s has 140 training rows: a share of 0.01 for validation holds out none of them",
            data);

    assertThat(run).doesNotExist();
  }

  @Test
  void needsABatchToTrainOn() {
    assertThatIOException()
        .isThrownBy(() -> Trainer.train(config(directory.resolve("run"), 1, false, 0.9)))
        .withMessage(
            "%s has 14 training rows without those for validation, fewer than one batch of 32",
            data);
  }

  /** Leaves the directory as kill -9 does while the last checkpoint is written. */
  private static void breakOffInLastEpoch(Path run) throws IOException {
    Path last = run.resolve("checkpoint-%05d.bin".formatted(EPOCHS));
    byte[] bytes = Files.readAllBytes(last);
    Files.delete(last);
    Files.write(run.resolve(last.getFileName() + ".tmp"), Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static float[] parameters(Path bundle) throws IOException {
    ComputationGraph network = ModelBundle.load(bundle).newNetwork();
    try {
      return network.params().toFloatVector();
    } finally {
      network.close();
    }
  }

  private static double loss(String line) {
    return Double.parseDouble(line.split(",", -1)[1]);
  }

  private static List<String> withoutSpeed(Path run) throws IOException {
    try (Stream<String> lines = Files.lines(run.resolve("history.csv"))) {
      return lines.map(line -> line.replaceAll("(,[^,]*){2}$", "")).toList();
    }
  }

  private TrainingConfig config(Path run, int threads, boolean resume) {
    return config(run, threads, resume, 0.2);
  }

  private TrainingConfig config(Path run, int threads, boolean resume, double validationShare) {
    return config(
        run,
        threads,
        resume,
        new TrainingData(data, Optional.empty(), validationShare, Optional.empty(), Imbalance.NONE),
        Predecessors.NONE);
  }

  private static TrainingConfig config(
      Path run, int threads, boolean resume, TrainingData data, Predecessors predecessors) {
    return new TrainingConfig(
        data,
        run,
        Architecture.VGG_SMALL,
        11,
        EPOCHS,
        Optional.empty(),
        32,
        threads,
        Stopping.STANDARD,
        resume,
        predecessors,
        Precision.FLOAT32,
        Augmentation.STANDARD.withMixup(0.2),
        Optimization.STANDARD,
        Optional.of(COMMAND));
  }
}
