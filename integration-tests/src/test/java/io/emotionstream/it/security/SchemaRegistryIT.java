// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.security;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.testkit.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.classifier.ClassifierStream;
import io.emotionstream.ingest.Ingest;
import io.emotionstream.ingest.IngestConfig;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.RegistryException;
import io.emotionstream.schemas.Topics;
import io.emotionstream.sink.AnalyticsSink;
import io.emotionstream.sink.SinkConfig;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.FixedAnswerClassifier;
import io.emotionstream.testkit.TestBroker;
import io.emotionstream.testkit.TestDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All stages with Confluent's wire format and a real Apicurio Registry. */
@ExtendWith({BrokerExtension.class, DatabaseExtension.class})
@Timeout(600)
class SchemaRegistryIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final int FACES = 40;

  @TempDir static Path directory;
  private static Apicurio registry;

  @BeforeAll
  static void start() throws IOException {
    registry = Apicurio.start(directory);
  }

  @AfterAll
  static void stop() {
    if (registry != null) { // it was not skipped
      registry.close();
    }
  }

  @Test
  void carriesFacesFromIngestToTheTables(TestBroker broker, TestDatabase database)
      throws Exception {
    Topics topics = broker.newTopics(2);
    Map<String, Object> settings = settings(broker.bootstrapServers());
    // An event of before the switch is still read.
    broker.send(
        AvroSerde.of(EmotionEvent.class),
        List.of(
            new ProducerRecord<>(
                topics.emotionEvents().name(), "old", event("old", HAPPY, NOON).build())));
    Map<String, Object> classify = new HashMap<>(settings);
    classify.put("application.id", topics.prefix() + "classifier");
    classify.put("state.dir", directory.resolve("state").toString());
    Map<String, Object> sinking = new HashMap<>(settings);
    sinking.put("group.id", topics.prefix() + "sink");
    IngestConfig sources =
        new IngestConfig(
            List.of("synthetic:?count=" + FACES), 2, OptionalDouble.empty(), Duration.ofSeconds(1));

    try (ClassifierStream stream =
            new ClassifierStream(
                ClassifierConfig.defaults(),
                topics,
                FixedAnswerClassifier::new,
                classify,
                InstantSource.system());
        AnalyticsSink sink =
            new AnalyticsSink(SinkConfig.of(database.jdbcUrl(), "", ""), topics, sinking);
        Ingest ingest = new Ingest(sources, topics, settings, InstantSource.system())) {
      stream.start();
      sink.start();
      ingest.start();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(stream.failure()).isEmpty();
                assertThat(sink.failure()).isEmpty();
                assertThat(number(database, "select count(*) from emotion_events"))
                    .isEqualTo(FACES + 1);
                assertThat(number(database, "select sum(total) from emotion_distributions"))
                    .isEqualTo(FACES);
                assertThat(number(database, "select count(*) from rejected_records")).isZero();
              });
    }

    byte[] last =
        broker.committedBytes(topics.emotionEvents()).stream()
            .filter(record -> !"old".equals(record.key()))
            .findFirst()
            .orElseThrow()
            .value();
    assertThat(last[0]).isZero();
    assertThat(asAnyOtherReaderSeesIt(last).get("cameraId").toString()).startsWith("cam-");
    assertThat(registry.get("/subjects"))
        .contains(
            "io.emotionstream.schemas.FaceFrame",
            "io.emotionstream.schemas.EmotionEvent",
            "io.emotionstream.schemas.EmotionDistribution");
  }

  @Test
  void tellsAnUnknownSchemaFromARegistryThatIsAway() {
    AvroSerde<EmotionEvent> serde = RecordFormat.of(settings("unused:1")).serde(EmotionEvent.class);
    byte[] unknown = {0, 0x7f, 0, 0, 1, 2};

    assertThatThrownBy(() -> serde.decode(unknown)).isInstanceOf(SerializationException.class);
    assertThatThrownBy(
            () -> RecordFormat.of(Map.of(RecordFormat.REGISTRY_URL, "http://127.0.0.1:1/x")))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("http://127.0.0.1:1/x does not answer");
    String wrong = registry.url().replace("/apis/ccompat/v7", "/nothing");
    assertThatThrownBy(() -> RecordFormat.of(Map.of(RecordFormat.REGISTRY_URL, wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no schema registry at " + wrong);
  }

  /** Reads as Confluent's own clients do: number, schema from the registry, generic record. */
  private static GenericRecord asAnyOtherReaderSeesIt(byte[] bytes)
      throws IOException, InterruptedException {
    int id = ByteBuffer.wrap(bytes).getInt(1);
    String answer = registry.get("/schemas/ids/" + id);
    Schema schema =
        new Schema.Parser().parse(new ObjectMapper().readTree(answer).path("schema").asText());
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
  }

  private static Map<String, Object> settings(String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put(RecordFormat.REGISTRY_URL, registry.url());
    return settings;
  }

  private static long number(TestDatabase database, String query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
