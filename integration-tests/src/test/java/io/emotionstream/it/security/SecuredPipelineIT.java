// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.security;

import static io.emotionstream.testkit.SecureBroker.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.it.faults.Stage;
import io.emotionstream.launcher.Main;
import io.emotionstream.schemas.AccessRights;
import io.emotionstream.schemas.Role;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.SecureBroker;
import io.emotionstream.testkit.TestCertificate;
import io.emotionstream.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stages as processes, each with a settings file and a principal of its own, on a broker that
 * demands TLS and SCRAM and grants what {@link AccessRights} lists.
 */
@ExtendWith(DatabaseExtension.class)
@Timeout(600)
class SecuredPipelineIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int FACES = 60;
  private static final Topics TOPICS = new Topics("shop-7.", 2, (short) -1);
  private static final AccessRights RIGHTS =
      new AccessRights(
          TOPICS,
          AccessRights.DEFAULT_APPLICATION_ID,
          AccessRights.DEFAULT_SINK_GROUP,
          AccessRights.DEFAULT_JSON_ID);

  @TempDir Path directory;

  @Test
  void runsWithTheListedRightsAndTellsNoSecret(TestDatabase database) throws Exception {
    try (SecureBroker broker = SecureBroker.withPasswords(directory)) {
      for (Role role : Role.values()) {
        broker.addUser(user(role));
        broker.grant(user(role), RIGHTS.of(role));
      }
      run(broker, Role.TOPICS, "topics", "create", "--partitions=2", "--json");
      run(broker, Role.MODEL, "model", "use", shippedModel().toString());
      try (Stage classify =
              start(
                  broker, Role.CLASSIFY, "classify", "--state-dir=" + directory.resolve("state"));
          Stage json = start(broker, Role.JSON, "json-bridge");
          Stage sink = start(broker, Role.SINK, "sink", "--jdbc-url=" + database.jdbcUrl())) {
        run(broker, Role.INGEST, "ingest", "--source=synthetic:?count=" + FACES);

        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(250))
            .untilAsserted(
                () -> {
                  classify.requireAlive();
                  sink.requireAlive();
                  json.requireAlive();
                  assertThat(copies(broker)).isEqualTo(FACES);
                  assertThat(number(database, "select count(*) from emotion_events"))
                      .isEqualTo(FACES);
                  assertThat(number(database, "select sum(total) from emotion_distributions"))
                      .isEqualTo(FACES);
                });
        classify.stop();
        sink.stop();
        json.stop();
      }
    }
    assertThat(said())
        .contains("kafka.sasl.jaas.config=********")
        .doesNotContain("password-of-")
        .doesNotContain(TestCertificate.PASSWORD);
  }

  @Test
  void saysWhatToCheckWhenItIsNotLetIn() throws Exception {
    try (SecureBroker broker = SecureBroker.withPasswords(directory)) {
      broker.addUser(user(Role.TOPICS));

      fail(broker, Role.TOPICS, "topics", "create");
      fail(broker, Role.INGEST, "topics", "create"); // no such user
      String strange = "--kafka=ssl.truststore.location=" + stranger();
      fail(broker, Role.SINK, "topics", "create", strange);
    }
    assertThat(said(Role.TOPICS)).contains("'./emotion topics acls' lists it");
    assertThat(said(Role.INGEST)).contains("check kafka.sasl.mechanism and the name and password");
    assertThat(said(Role.SINK)).contains("check kafka.ssl.truststore.*");
    assertThat(said()).doesNotContain("password-of-").doesNotContain(TestCertificate.PASSWORD);
  }

  private Path stranger() {
    TestCertificate other = TestCertificate.create("stranger", directory);
    return TestCertificate.trustStore(directory.resolve("strangers.p12"), other);
  }

  private void run(SecureBroker broker, Role role, String... arguments) throws IOException {
    try (Stage stage = start(broker, role, arguments)) {
      assertThat(stage.awaitEnd()).as(stage.lastLines()).isZero();
    }
  }

  private void fail(SecureBroker broker, Role role, String... arguments) throws IOException {
    try (Stage stage = start(broker, role, arguments)) {
      assertThat(stage.awaitEnd()).as(stage.lastLines()).isEqualTo(1);
    }
  }

  private Stage start(SecureBroker broker, Role role, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--config=" + settings(broker, role));
    all.add("--verbose"); // Kafka's own log of its settings, too
    return Stage.start(user(role), directory, Main.class, all);
  }

  /** Writes a settings file as docs/SECURITY.md shows it: the secrets lie in other files. */
  private Path settings(SecureBroker broker, Role role) throws IOException {
    Path secrets = Files.createDirectories(directory.resolve("secrets"));
    Files.writeString(secrets.resolve(user(role)), password(user(role)));
    Path stores = secrets.resolve("stores.properties");
    Files.writeString(stores, "truststore=" + TestCertificate.PASSWORD + "\n");
    return Files.writeString(
        directory.resolve(user(role) + ".properties"),
        """
        bootstrap-servers=%s
        topic-prefix=%s
        kafka.security.protocol=SASL_SSL
        kafka.sasl.mechanism=SCRAM-SHA-512
        kafka.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
          username="%s" password="${directory:%s:%s}";
        kafka.ssl.truststore.location=%s
        kafka.ssl.truststore.password=${file:%s:truststore}
        """
            .formatted(
                broker.bootstrapServers(),
                TOPICS.prefix(),
                user(role),
                secrets,
                user(role),
                broker.trustStore(),
                stores));
  }

  private static String user(Role role) {
    return "emotion-" + role.name().toLowerCase(Locale.ROOT);
  }

  private Path shippedModel() throws IOException {
    return Path.of("..", "model", "src", "main", "resources", "io", "emotionstream", "model")
        .resolve("shipped.emotion")
        .toRealPath();
  }

  private String said(Role role) throws IOException {
    return Files.readString(directory.resolve(user(role) + ".log"));
  }

  private String said() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        text.append(Files.readString(log));
      }
    }
    return text.toString();
  }

  /** Events in JSON that are committed on the broker. */
  private static long copies(SecureBroker broker) {
    Map<String, Object> settings = broker.settingsOf("admin");
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      String topic = TOPICS.json().get(0).name();
      List<TopicPartition> all =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      long copies = 0;
      while (all.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
        copies += consumer.poll(Duration.ofMillis(200)).count();
      }
      return copies;
    }
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
