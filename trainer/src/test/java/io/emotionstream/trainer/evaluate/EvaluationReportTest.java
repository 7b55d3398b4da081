// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emotionstream.model.Calibration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dfigures=DIR} what is written is left there to be looked at. */
class EvaluationReportTest {
  @TempDir private Path directory;

  @Test
  void writesAReportThatIsAsItWas() throws IOException {
    EvaluationReport report = report();

    assertThat(report.toText()).isEqualTo(golden("report.txt"));
  }

  @Test
  void tellsWhatOthersReadByName() throws IOException {
    JsonNode root = new ObjectMapper().readTree(report().toJson());

    assertThat(root.fieldNames())
        .toIterable()
        .contains("accuracy", "macroF1", "perClass", "confusionMatrix", "split", "n", "modelId");
    assertThat(root.at("/n").intValue()).isEqualTo(400);
    assertThat(root.at("/perClass/angry/recallInterval/0").doubleValue()).isPositive();
    assertThat(root.at("/withoutCopiesInTraining/n").intValue()).isEqualTo(390);
    assertThat(root.at("/calibration/after/ece").doubleValue())
        .isLessThan(root.at("/calibration/before/ece").doubleValue());
    assertThat(root.at("/riskCoverage/points/13/coverage").doubleValue()).isEqualTo(1);
  }

  @Test
  void writesUndefinedAsNullAndAsADash() throws IOException {
    Answers answers = new SampleAnswers().add(0, 0, 0.9).add(0, 3, 0.6).add(3, 3, 0.7).build();
    EvaluationReport report =
        new EvaluationReport(
            subject(), "PublicTest", "f00", answers, null, null, null, speed(Double.NaN));

    JsonNode root = new ObjectMapper().readTree(report.toJson());

    assertThat(root.at("/perClass/fear/recall").isNull()).isTrue();
    assertThat(root.at("/perClass/fear/recallInterval").isNull()).isTrue();
    assertThat(root.at("/perClass/fear/precision").isNull()).isTrue();
    assertThat(root.at("/perClass/fear/f1").isNull()).isTrue();
    assertThat(root.at("/perClass/happy/recall").doubleValue()).isEqualTo(1);
    assertThat(root.at("/imagesPerSecond").isNull()).isTrue();
    assertThat(root.at("/calibration/after").isNull()).isTrue();
    assertThat(root.has("withoutCopiesInTraining")).isFalse();
    assertThat(report.toText().lines().filter(line -> line.startsWith("fear")).toList())
        .singleElement()
        .asString()
        .matches("fear +- +- +- +0 .*");
  }

  @Test
  void writesFilesAndFigures() throws IOException {
    Path out = Path.of(System.getProperty("figures", directory.resolve("out").toString()));

    report().write(out);

    assertThat(out)
        .isDirectoryContaining("glob:**metrics.json")
        .isDirectoryContaining("glob:**report.txt");
    for (String figure : List.of("confusion", "per-class", "reliability", "risk-coverage")) {
      assertThat(Files.size(out.resolve(figure + ".png"))).isGreaterThan(10_000);
    }
  }

  @Test
  void writesFiguresOfFacesOfOneClass() throws IOException {
    Answers answers = new SampleAnswers().add(0, 0, 0.9).add(0, 0, 0.9).build();

    new EvaluationReport(subject(), "PublicTest", "f00", answers, null, null, null, speed(1))
        .write(directory);

    assertThat(directory).isDirectoryContaining("glob:**confusion.png");
  }

  @Test
  void setsTwoSideBySide() throws IOException {
    Comparison comparison = new Comparison(report(), report());

    assertThat(comparison.toText())
        .contains("accuracy")
        .contains("only the first is right on 0 faces, only the second on 0")
        .contains("p = 1.000");
    JsonNode root = new ObjectMapper().readTree(comparison.toJson());
    assertThat(root.at("/mcNemar/pValue").doubleValue()).isEqualTo(1);
    assertThat(root.at("/first/accuracy").doubleValue())
        .isEqualTo(root.at("/second/accuracy").doubleValue());
  }

  private static EvaluationReport report() {
    Answers plain = SampleAnswers.overconfident(400, 2, 7);
    Copies copies =
        new Copies(10, IntStream.range(0, 390).toArray(), Optional.of(new Copies.Check(399, 0, 1)));
    Calibration calibration =
        Calibration.of(2, 0.5, "as a test needs it", new long[7][7], "validation");
    return new EvaluationReport(
        subject(),
        "PublicTest",
        "0123456789abcdef",
        plain,
        Evaluator.averaged(plain, plain.scaled(3)),
        calibration,
        copies,
        speed(1234));
  }

  private static Subject subject() {
    return new Subject("abc123", "paper", 585_511, 48_441_088, Map.of("seed", "42", "epoch", "9"));
  }

  private static Speed speed(double imagesPerSecond) {
    return new Speed(imagesPerSecond, 64, "a machine");
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = EvaluationReportTest.class.getResourceAsStream("golden/" + name)) {
      assertThat(in).as("golden/%s", name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
