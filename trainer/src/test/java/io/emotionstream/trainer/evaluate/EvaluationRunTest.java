// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.datasets.synthetic.SyntheticFaces;
import io.emotionstream.model.BundleManifest;
import io.emotionstream.model.Calibration;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.Fer2013;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.data.StratifiedSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On drawn faces, with a classifier that tells classes by simple means. */
class EvaluationRunTest {
  private static final int TRAINING = 700;
  private static final int TEST = 70;

  @TempDir private Path directory;
  private Fer2013 data;

  @BeforeEach
  void drawFaces() throws IOException {
    SyntheticFaces drawn = SyntheticFaces.shipped();
    List<LabeledFace> training = new ArrayList<>();
    List<LabeledFace> test = new ArrayList<>();
    for (int i = 0; i < TRAINING + TEST; i++) {
      List<LabeledFace> part = i < TRAINING ? training : test;
      part.add(new LabeledFace(i, Emotions.ofLabel(i % 7), drawn(drawn, i)));
    }
    // The last ten are known by heart.
    for (int i = 60; i < TEST; i++) {
      test.set(i, new LabeledFace(TRAINING + i, test.get(i).emotion(), training.get(i).pixels()));
    }
    data =
        new Fer2013(
            Map.of(Usage.TRAINING, FaceSet.of(training), Usage.PUBLIC_TEST, FaceSet.of(test)),
            List.of(),
            "0123456789abcdef");
  }

  @Test
  void findsCopiesAndChecksThemAgainstAFile() throws IOException {
    Set<Integer> flagged = Set.of(TRAINING, TRAINING + 65, TRAINING + 66);
    EvaluationReport report =
        report(new EvaluationRun(data, "PublicTest", true, Optional.of(flagged)));

    Copies copies = requireNonNull(report.copies());

    assertThat(copies.copies()).isEqualTo(10);
    assertThat(copies.others()).hasSize(60);
    assertThat(copies.check()).contains(new Copies.Check(61, 8, 1));
    assertThat(report.withoutCopies().orElseThrow().size()).isEqualTo(60);
  }

  @Test
  void averagesWithTheMirrorImage() throws IOException {
    EvaluationReport report = report(new EvaluationRun(data, "publictest", true, Optional.empty()));

    Answers plain = report.plain();
    Answers averaged = requireNonNull(report.flipAveraged());

    assertThat(averaged.size()).isEqualTo(TEST);
    float[] mirrored = new HalvesClassifier().answer(mirror(data.split(Usage.PUBLIC_TEST).get(3)));
    for (int c = 0; c < Emotions.COUNT; c++) {
      assertThat(averaged.probabilities(3)[c])
          .isEqualTo((plain.probabilities(3)[c] + mirrored[c]) / 2);
    }
    assertThat(report.split()).isEqualTo("PublicTest");
    assertThat(
            report(new EvaluationRun(data, "PublicTest", false, Optional.empty())).flipAveraged())
        .isNull();
  }

  @Test
  void evaluatesOnWhatWasHeldOut() throws IOException {
    StratifiedSplit split = StratifiedSplit.of(data.split(Usage.TRAINING), 0.1, 42);

    EvaluationReport report =
        report(new EvaluationRun(data, "validation", false, Optional.empty()));

    assertThat(report.plain().size()).isEqualTo(split.validation().size()).isEqualTo(70);
    assertThat(requireNonNull(report.copies()).copies()).isZero();
  }

  @Test
  void makesTheSplitAgainFromTheBundle() throws IOException {
    StratifiedSplit split = StratifiedSplit.of(data.split(Usage.TRAINING), 0.1, 42);

    for (Map<String, String> share :
        List.of(Map.of("validationShare", "0.1"), Map.of("settings", "paper validation=0.1 x"))) {
      assertThat(rows(ValidationSplit.of(manifest(share), data))).isEqualTo(rows(split));
    }
  }

  @Test
  void saysWhyTheSplitCannotBeMadeAgain() {
    assertThatIOException()
        .isThrownBy(() -> ValidationSplit.of(manifest(Map.of()), data))
        .withMessage("the model's provenance does not tell its settings");
    assertThatIOException()
        .isThrownBy(() -> ValidationSplit.of(manifest(Map.of("dataFingerprint", "fedcba")), data))
        .withMessage(
            "the model was trained on data fedcba, this is 0123456789ab: its validation faces"
                + " cannot be found again");
    assertThatIOException()
        .isThrownBy(() -> ValidationSplit.of(manifest(Map.of("validationShare", "0.2")), data))
        .withMessageStartingWith(
            "the model was validated on 70 faces, its seed and share now give");
  }

  @Test
  void saysThatThereAreNoSuchFaces() {
    assertThatIOException()
        .isThrownBy(() -> report(new EvaluationRun(data, "PrivateTest", false, Optional.empty())))
        .withMessage("the data has no usable face of PrivateTest");
  }

  @Test
  void readsTheCopiesOfAQualityFile() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("quality.csv"),
            "index,usage,copy_in_training\n7,PublicTest,1\n8,PublicTest,0\n9,Training,1\n");

    assertThat(QualityFile.copiesInTraining(file)).containsExactlyInAnyOrder(7, 9);
    Files.writeString(file, "index,copy\n7,1\n");
    assertThatIOException()
        .isThrownBy(() -> QualityFile.copiesInTraining(file))
        .withMessage(
            file + ": its header needs columns index and copy_in_training, was index,copy");
    Files.writeString(file, "index,copy_in_training\n7,yes\n");
    assertThatIOException()
        .isThrownBy(() -> QualityFile.copiesInTraining(file))
        .withMessage(file + ": line 2 is not 2 cells with 0 or 1 for copy_in_training");
    Files.writeString(file, "index,copy_in_training\nx,1\n");
    assertThatIOException()
        .isThrownBy(() -> QualityFile.copiesInTraining(file))
        .withMessage(file + ": line 2 has the index x, expected a number");
  }

  private EvaluationReport report(EvaluationRun run) throws IOException {
    return run.of(
        new Subject("halves", "halves", 0, FaceNormalizer.PIXELS, Map.of()),
        new HalvesClassifier(),
        Calibration.of(1, 0, "none", new long[7][7], "validation"),
        StratifiedSplit.of(data.split(Usage.TRAINING), 0.1, 42));
  }

  private static BundleManifest manifest(Map<String, String> changes) {
    Map<String, String> provenance =
        new HashMap<>(
            Map.of("seed", "42", "dataFingerprint", "0123456789abcdef", "validationFaces", "70"));
    provenance.putAll(changes);
    return BundleManifest.of("tiny", 1, 1, provenance, Map.of());
  }

  private static List<Integer> rows(StratifiedSplit split) {
    return split.validation().faces().stream().map(LabeledFace::row).toList();
  }

  private static byte[] drawn(SyntheticFaces drawn, int index) {
    return drawn.draw(index % 7, new Random(index));
  }

  private static float[] mirror(LabeledFace face) {
    float[] pixels = face.normalized();
    float[] mirrored = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      mirrored[i] = pixels[i / 48 * 48 + 47 - i % 48];
    }
    return mirrored;
  }

  /** Answers by how bright the left half is: not the same for a mirror image. */
  private static final class HalvesClassifier implements EmotionClassifier {
    float[] answer(float[] face) {
      float left = 0;
      for (int i = 0; i < face.length; i++) {
        left += i % 48 < 24 ? face[i] : 0;
      }
      float[] answer = new float[Emotions.COUNT];
      Arrays.fill(answer, 0.1f);
      answer[(int) left % Emotions.COUNT] = 0.4f;
      return answer;
    }

    @Override
    public String modelId() {
      return "halves";
    }

    @Override
    public float[][] classify(float[][] faces) {
      return Arrays.stream(faces).map(this::answer).toArray(float[][]::new);
    }

    @Override
    public void close() {}
  }
}
