// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.classifier.ClassifierStream;
import io.emotionstream.ingest.Ingest;
import io.emotionstream.ingest.IngestConfig;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.operations.Operations;
import io.emotionstream.schemas.Topics;
import io.emotionstream.sink.AnalyticsSink;
import io.emotionstream.sink.SinkConfig;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.TestBroker;
import io.emotionstream.testkit.TestDatabase;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the stages show of themselves, and the rules and boards that read it. */
@ExtendWith({BrokerExtension.class, DatabaseExtension.class})
class OperationsIT {
  private static final Path DEPLOY = Path.of("../deploy");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FACES = 300;
  private static final Pattern NAME =
      Pattern.compile("\\b(?:emotion|kafka|jvm|process|system)_[a-z0-9_]+");
  private static final Pattern SAMPLE =
      Pattern.compile("^(\\w+)(?:\\{(.*)})? (\\S+)$", Pattern.MULTILINE);

  @TempDir private Path directory;
  @AutoClose private final Operations ingestOperations = new Operations("ingest", "test");
  @AutoClose private final Operations classifyOperations = new Operations("classify", "test");
  @AutoClose private final Operations sinkOperations = new Operations("sink", "test");
  private Topics topics = new Topics("unused", 1, (short) 1);
  private Map<String, Object> kafka = Map.of();
  private String jdbcUrl = "";

  @BeforeEach
  void prepare(TestBroker broker, TestDatabase database) throws IOException {
    topics = broker.newTopics(4);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    jdbcUrl = database.jdbcUrl();
    ImageIO.write(
        new BufferedImage(320, 240, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        Files.createDirectory(directory.resolve("photos")).resolve("empty.png").toFile());
    broker.sendBytes(
        List.of(new ProducerRecord<>(topics.faceFrames().name(), "cam-1", new byte[] {1, 2, 3})));
  }

  @Test
  void theBooksHoldAndRulesAndBoardsAskForWhatIsThere() throws Exception {
    try (Ingest ingest = ingest();
        ClassifierStream stream = classify();
        AnalyticsSink sink = sink()) {
      assertThat(status(sinkOperations)).as("not started").isEqualTo(503);
      stream.start();
      sink.start();
      ingest.start();
      ingest.awaitDone(PATIENCE);

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(sum(sinkOperations, "emotion_sink_rows_total", "emotion_events"))
                    .isEqualTo(FACES);
                assertThat(sum(sinkOperations, "emotion_lag_records", "")).isLessThan(20);
                assertThat(names(classifyOperations)).contains("emotion_lag_records");
              });

      assertThat(List.of(ingestOperations, classifyOperations, sinkOperations))
          .allSatisfy(stage -> assertThat(status(stage)).isEqualTo(200));
      theBooksHold();
      rulesAndBoardsAskForWhatIsThere();
      nothingIsCountedPerPartitionBesidesLag();
    }
  }

  private void theBooksHold() {
    assertThat(sum(ingestOperations, "emotion_ingest_published_total", ""))
        .isEqualTo(FACES)
        .isEqualTo(
            sum(ingestOperations, "emotion_ingest_acknowledged_total", "")
                + sum(ingestOperations, "emotion_ingest_lost_total", ""));
    assertThat(classified("received"))
        .isEqualTo(
            classified("classified")
                + classified("dead_lettered")
                + classified("heartbeats")
                + sum(classifyOperations, "emotion_classifier_waiting", ""));
    assertThat(classified("classified")).isEqualTo(FACES);
    assertThat(sum(classifyOperations, "emotion_classifier_dead_letters_total", ""))
        .as("the record that is none")
        .isEqualTo(1)
        .isEqualTo(classified("dead_lettered"))
        .isEqualTo(
            sum(classifyOperations, "emotion_classifier_dead_letters_total", "malformed-record"));
    assertThat(classified("windowed") + classified("late")).isEqualTo(FACES);
  }

  private double classified(String outcome) {
    return sum(classifyOperations, "emotion_classifier_" + outcome + "_total", "");
  }

  private void rulesAndBoardsAskForWhatIsThere() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Operations stage : List.of(ingestOperations, classifyOperations, sinkOperations)) {
      shown.addAll(names(stage));
    }
    List<String> expressions = new ArrayList<>(ruleExpressions());
    JsonNode board =
        JsonMapper.builder()
            .build()
            .readTree(DEPLOY.resolve("grafana/boards/operations.json").toFile());
    expressions.addAll(board.findValuesAsText("expr"));
    assertThat(expressions).hasSizeGreaterThan(30);

    Set<String> asked = new TreeSet<>();
    for (String expression : expressions) {
      String withoutLabels = expression.replaceAll("\"[^\"]*\"", "");
      NAME.matcher(withoutLabels).results().forEach(name -> asked.add(name.group()));
    }

    // Cameras drop, and are opened again, only where something is wrong.
    asked.remove("emotion_camera_dropped_total");
    assertThat(shown).containsAll(asked);
  }

  @SuppressWarnings("unchecked")
  private static List<String> ruleExpressions() throws IOException {
    List<String> expressions = new ArrayList<>();
    try (Reader file = Files.newBufferedReader(DEPLOY.resolve("prometheus/alerts.yml"))) {
      Map<String, List<Map<String, Object>>> rules = new Yaml().load(file);
      for (Map<String, Object> group : rules.getOrDefault("groups", List.of())) {
        ((List<Map<String, Object>>) group.getOrDefault("rules", List.of()))
            .forEach(rule -> expressions.add(String.valueOf(rule.get("expr"))));
      }
    }
    assertThat(expressions).hasSizeGreaterThan(8);
    return expressions;
  }

  private void nothingIsCountedPerPartitionBesidesLag() {
    for (Operations stage : List.of(ingestOperations, classifyOperations, sinkOperations)) {
      assertThat(samples(stage).filter(sample -> sample.group().contains("partition=\"")).toList())
          .allSatisfy(sample -> assertThat(sample.group(1)).endsWith("records_lag"));
      assertThat(samples(stage).count()).as("series of a stage").isLessThan(1500);
    }
  }

  private Ingest ingest() {
    Ingest ingest =
        new Ingest(
            new IngestConfig(
                List.of(
                    "synthetic:?seed=7&count=" + FACES,
                    "images:" + directory.resolve("photos") + "?detect=true"),
                2,
                OptionalDouble.empty(),
                Duration.ofSeconds(1)),
            topics,
            kafka,
            InstantSource.system());
    ingest.addTo(ingestOperations);
    ingestOperations.watchKafka(kafka, Set.of());
    return ingest;
  }

  private ClassifierStream classify() throws IOException {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("application.id", topics.prefix() + "classifier");
    settings.put("state.dir", directory.resolve("state").toString());
    ClassifierStream stream =
        new ClassifierStream(ClassifierConfig.defaults(), topics, ModelBundle.shipped(), settings);
    stream.addTo(classifyOperations);
    return stream;
  }

  private AnalyticsSink sink() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("group.id", topics.prefix() + "sink");
    AnalyticsSink sink = new AnalyticsSink(SinkConfig.of(jdbcUrl, "", ""), topics, settings);
    sink.addTo(sinkOperations);
    return sink;
  }

  /** Returns the sum of the samples of a name whose labels hold {@code label}. */
  private static double sum(Operations stage, String name, String label) {
    return samples(stage)
        .filter(sample -> sample.group(1).equals(name))
        .filter(sample -> label.isEmpty() || sample.group(2).contains("\"" + label + "\""))
        .mapToDouble(sample -> Double.parseDouble(sample.group(3)))
        .sum();
  }

  private static Set<String> names(Operations stage) {
    Set<String> names = new TreeSet<>();
    samples(stage).forEach(sample -> names.add(sample.group(1)));
    return names;
  }

  private static Stream<MatchResult> samples(Operations stage) {
    Matcher samples =
        SAMPLE.matcher(new String(stage.page(Operations.METRICS).orElseThrow().body(), UTF_8));
    return samples.results();
  }

  private static int status(Operations stage) {
    return stage.page(Operations.READY).orElseThrow().status();
  }
}
