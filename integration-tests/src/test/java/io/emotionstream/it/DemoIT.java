// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.classifier.DistributionWindow;
import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.embedded.EmbeddedDatabase;
import io.emotionstream.ingest.IngestConfig;
import io.emotionstream.launcher.StopSignal;
import io.emotionstream.launcher.demo.Demo;
import io.emotionstream.launcher.demo.DemoConfig;
import io.emotionstream.launcher.demo.DemoSummary;
import io.emotionstream.launcher.demo.PageChoice;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.testkit.RequiresFer2013;
import io.emotionstream.testkit.TestData;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.Fer2013;
import io.emotionstream.trainer.evaluate.Evaluation;
import io.emotionstream.trainer.evaluate.Evaluator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a test: what comes out at the far end is what went in. */
class DemoIT {
  private static final String EVENTS_BY_CAMERA_AND_CLASS =
      "SELECT camera_id || ' ' || emotion AS name, count(*) AS faces"
          + " FROM emotion_events GROUP BY 1";

  @TempDir Path data;
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  @Test
  void accountsForEverySyntheticFace() throws Exception {
    DemoSummary summary = run(config(3, "synthetic:?count=1000&seed=7"));

    assertThat(summary.imbalances()).isEmpty();
    assertThat(summary.framesPublished()).isEqualTo(1000);
    assertThat(summary.facesClassified()).isEqualTo(1000);
    assertThat(summary.countsByCamera()).hasSize(3);
    assertThat(summary.windows())
        .extracting(books -> books.windowedFaces() + books.missed())
        .containsExactly(1000L, 4000L, 1000L);
    assertThat(total(summary)).isEqualTo(summary.windowedFaces());
    assertThat(summary.labelled()).isEqualTo(1000);
    assertThat(summary.modelId()).isEqualTo(ModelBundle.shipped().modelId());
    assertThat(eventsByCameraAndClass()).isEqualTo(countsByCameraAndClass(summary));
  }

  @Test
  void keepsTheBooksOfEachRunApartInAKeptDirectory() throws Exception {
    DemoSummary first = run(config(2, "synthetic:?count=60&seed=1"));
    DemoSummary second = run(config(2, "synthetic:?count=40&seed=2"));

    assertThat(first.imbalances()).isEmpty();
    assertThat(second.imbalances()).isEmpty();
    assertThat(second.framesPublished()).isEqualTo(40);
    assertThat(second.eventsStored()).isEqualTo(40);
    assertThat(eventsByCameraAndClass().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(100);
  }

  @Test
  void endsWithTheDurationAndDrains() throws Exception {
    DemoConfig endless =
        new DemoConfig(
            new IngestConfig(
                List.of("synthetic:"), 2, OptionalDouble.of(30), Duration.ofSeconds(1)),
            classifier(),
            Optional.of(Duration.ofSeconds(3)),
            Optional.of(data),
            false,
            page());

    DemoSummary summary = run(endless);

    assertThat(summary.imbalances()).isEmpty();
    assertThat(summary.framesPublished()).isBetween(30L, 120L);
    assertThat(console.toString(StandardCharsets.UTF_8)).contains("Draining");
  }

  @Test
  @RequiresFer2013
  void storesForRealFacesWhatEvaluationPredicts() throws Exception {
    Path csv = TestData.requireFer2013Csv();
    long[] expected = predictedCounts(csv);

    DemoSummary summary = run(config(4, "fer2013:" + csv + "?usage=PublicTest"));

    assertThat(summary.imbalances()).isEmpty();
    assertThat(summary.lateFaces()).isZero();
    assertThat(summary.framesPublished()).isEqualTo(LongStream.of(expected).sum());
    for (Emotion emotion : Emotions.ALL) {
      long stored =
          summary.countsByCamera().values().stream().mapToLong(counts -> counts.of(emotion)).sum();
      assertThat(stored).as(emotion.name()).isEqualTo(expected[emotion.ordinal()]);
    }
  }

  private DemoSummary run(DemoConfig config) throws Exception {
    PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
    return new Demo(config, ModelBundle.shipped(), out, StopSignal.manual()).run();
  }

  private DemoConfig config(int cameras, String source) {
    return new DemoConfig(
        new IngestConfig(List.of(source), cameras, OptionalDouble.empty(), Duration.ofSeconds(1)),
        classifier(),
        Optional.empty(),
        Optional.of(data),
        false,
        page());
  }

  private static Optional<PageChoice> page() {
    return Optional.of(new PageChoice("test", Optional.of(0), List.of()));
  }

  private static ClassifierConfig classifier() {
    Duration second = Duration.ofSeconds(1);
    return ClassifierConfig.defaults()
        .withWindows(
            List.of(
                new DistributionWindow(Duration.ofSeconds(2), second),
                new DistributionWindow(Duration.ofSeconds(4), second, second),
                new DistributionWindow(Duration.ofMinutes(1), second)));
  }

  private static long[] predictedCounts(Path csv) throws Exception {
    FaceSet faces = Fer2013.read(csv).split(Usage.PUBLIC_TEST);
    try (EmotionClassifier classifier = ModelBundle.shipped().newClassifier()) {
      Evaluation evaluation = Evaluator.evaluate(classifier, faces);
      long[] counts = new long[Emotions.COUNT];
      for (long[] truth : evaluation.confusionMatrix()) {
        Arrays.setAll(counts, i -> counts[i] + truth[i]);
      }
      return counts;
    }
  }

  private static long total(DemoSummary summary) {
    return countsByCameraAndClass(summary).values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> countsByCameraAndClass(DemoSummary summary) {
    return summary.countsByCamera().entrySet().stream()
        .flatMap(
            camera ->
                Emotions.ALL.stream()
                    .map(
                        emotion ->
                            Map.entry(
                                camera.getKey() + " " + Emotions.nameOf(emotion),
                                camera.getValue().of(emotion))))
        .filter(entry -> entry.getValue() > 0)
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Map<String, Long> eventsByCameraAndClass() throws Exception {
    Map<String, Long> counts = new LinkedHashMap<>();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data.resolve("postgres"));
        Connection connection = DriverManager.getConnection(database.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(EVENTS_BY_CAMERA_AND_CLASS)) {
      while (rows.next()) {
        counts.put(rows.getString("name"), rows.getLong("faces"));
      }
    }
    return counts;
  }
}
