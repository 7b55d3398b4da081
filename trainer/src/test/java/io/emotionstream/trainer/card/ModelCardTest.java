// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.emotionstream.model.BundleManifest;
import io.emotionstream.model.Calibration;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.trainer.evaluate.Answers;
import io.emotionstream.trainer.evaluate.Copies;
import io.emotionstream.trainer.evaluate.EvaluationReport;
import io.emotionstream.trainer.evaluate.Speed;
import io.emotionstream.trainer.evaluate.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dfigures=DIR} the card is left there to be read. */
class ModelCardTest {
  @TempDir private Path directory;
  private ModelBundle bundle;
  private Path evaluation;
  private Path baseline;

  @BeforeEach
  void writeBundleAndEvaluations() throws IOException {
    ModelBundle shipped = ModelBundle.shipped();
    Path file = directory.resolve("calibrated.emotion");
    Calibration calibration = calibration();
    shipped.rewrite(file, shipped.manifest().withCalibration(calibration));
    bundle = ModelBundle.load(file);
    evaluation = write("public", Subject.of(bundle), calibration);
    baseline = write("knn", new Subject("knn-k9", "knn-pca", 12, 34, Map.of()), calibration);
  }

  @Test
  void tellsWhatWasMeasured() throws IOException {
    String card = ModelCard.of(bundle, List.of(evaluation, baseline));
    if (System.getProperty("figures") != null) {
      Files.writeString(Path.of(System.getProperty("figures"), "MODEL_CARD.md"), card);
    }

    assertThat(card)
        .startsWith("# Model card: " + bundle.manifest().network() + " `" + bundle.modelId() + "`")
        .contains("Article 5(1)(f)")
        .contains("| PublicTest | 70 | single crop | 80.0 % (69.2 to 87.7) |")
        .contains("| PublicTest | 60 | single crop, without copies | 78.3 % (66.4 to 86.9) |")
        .contains("| PublicTest | 70 | flip | 80.0 % (69.2 to 87.7) |")
        .contains("temperature of 0.875, fitted on validation")
        .contains(
            "Below a top-1 probability of 0.500 a face counts as uncertain: as a test needs it")
        .contains("Weakest: fear (recall 0.0 % (0.0 to 27.8)) and disgust (recall 60.0 %")
        .contains("fear for sad (10 faces, 100.0 % of its class)")
        .contains("| knn-pca `knn-k9` | 12 | PublicTest | 80.0 % (69.2 to 87.7) | 78.3 % (66.4 to")
        .contains("It classified 1234 faces a second in batches of 64 on one thread (a machine;")
        .contains("./emotion evaluate --data fer2013.csv --baseline knn-pca --usage PublicTest")
        .contains("| seed | `" + bundle.manifest().provenance().get("seed") + "` |");
  }

  @Test
  void tellsTheCommandsOfEarlierRuns() throws IOException {
    Path file = directory.resolve("successor.emotion");
    BundleManifest manifest = bundle.manifest();
    ModelBundle.shipped()
        .rewrite(
            file,
            BundleManifest.of(
                manifest.network(),
                manifest.parameters(),
                manifest.multiplyAdds(),
                Map.of("earlierCommands", "./emotion train one", "command", "./emotion train two"),
                manifest.metrics()));
    ModelBundle successor = ModelBundle.load(file);
    Path own = write("own", Subject.of(successor), calibration());

    assertThat(ModelCard.of(successor, List.of(own)))
        .contains("```\n./emotion train one\n./emotion train two\n")
        .doesNotContain("No other pictures");
  }

  @Test
  void isTheSameForTheSameInput() throws IOException {
    assertThat(ModelCard.of(bundle, List.of(evaluation)))
        .isEqualTo(ModelCard.of(bundle, List.of(evaluation)))
        .doesNotContain("Compared with");
  }

  @Test
  void refusesEvaluationsOfOthersAlone() {
    assertThatIOException()
        .isThrownBy(() -> ModelCard.of(bundle, List.of(baseline)))
        .withMessage("no evaluation is of model %s, but of knn-k9: evaluate it", bundle.modelId());
  }

  @Test
  void saysWhatIsWrongWithAnEvaluation() throws IOException {
    Path missing = directory.resolve("missing");
    assertThatIOException()
        .isThrownBy(() -> ModelCard.of(bundle, List.of(missing)))
        .withMessageStartingWith(missing.resolve("metrics.json") + ": no such file");

    Files.writeString(evaluation.resolve("metrics.json"), "{");
    assertThatIOException()
        .isThrownBy(() -> ModelCard.of(bundle, List.of(evaluation)))
        .withMessageStartingWith(evaluation.resolve("metrics.json") + " is damaged");

    Files.writeString(evaluation.resolve("metrics.json"), "{\"modelId\": \"a\"}");
    assertThatIOException()
        .isThrownBy(() -> ModelCard.of(bundle, List.of(evaluation)))
        .withMessage(evaluation.resolve("metrics.json") + " has no split: evaluate again");
  }

  private static Calibration calibration() {
    return Calibration.of(0.875, 0.5, "as a test needs it", new long[7][7], "validation");
  }

  /** Ten faces of each class; all of fear and four of disgust are taken for sad. */
  private Path write(String name, Subject subject, Calibration calibration) throws IOException {
    int[] labels = IntStream.range(0, 70).map(i -> i % 7).toArray();
    float[][] probabilities = new float[70][7];
    for (int i = 0; i < 70; i++) {
      Arrays.fill(probabilities[i], 0.05f);
      boolean wrong = labels[i] == 2 || (labels[i] == 1 && i < 28);
      probabilities[i][wrong ? 4 : labels[i]] = 0.7f;
    }
    Answers answers = Answers.of(labels, probabilities);
    Copies copies = new Copies(10, IntStream.range(0, 60).toArray(), Optional.empty());
    Path out = Files.createDirectories(directory.resolve(name));
    Files.writeString(
        out.resolve(EvaluationReport.JSON_FILE),
        new EvaluationReport(
                subject,
                "PublicTest",
                "0123456789abcdef",
                answers,
                answers,
                calibration,
                copies,
                new Speed(1234, 64, "a machine"))
            .toJson());
    return out;
  }
}
