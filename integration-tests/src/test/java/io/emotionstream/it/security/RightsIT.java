// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.classifier.ClassifierStream;
import io.emotionstream.ingest.Ingest;
import io.emotionstream.ingest.IngestConfig;
import io.emotionstream.json.JsonBridge;
import io.emotionstream.schemas.AccessRights;
import io.emotionstream.schemas.Right;
import io.emotionstream.schemas.Role;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import io.emotionstream.sink.AnalyticsSink;
import io.emotionstream.sink.SinkConfig;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.FixedAnswerClassifier;
import io.emotionstream.testkit.SecureBroker;
import io.emotionstream.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That no right in {@link AccessRights} is idle: without any of them its stage is refused. */
@ExtendWith(DatabaseExtension.class)
@Timeout(180)
class RightsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Topics TOPICS = new Topics("", 1, (short) -1);
  private static final List<Topic> ALL =
      Stream.concat(TOPICS.all().stream(), TOPICS.json().stream()).toList();

  @TempDir static Path directory;
  private static SecureBroker broker;

  @BeforeAll
  static void start() throws IOException {
    broker = SecureBroker.withPasswords(directory);
    try (Admin admin = broker.newAdmin()) {
      new TopicAdmin(admin).create(ALL);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    broker.close();
  }

  static Stream<Arguments> cases() {
    return Stream.of(Role.TOPICS, Role.INGEST, Role.CLASSIFY, Role.SINK, Role.JSON)
        .flatMap(
            role ->
                IntStream.range(0, rights("any").of(role).size())
                    .mapToObj(number -> Arguments.of(role, number)));
  }

  @ParameterizedTest(name = "{0} without right {1}")
  @MethodSource("cases")
  void isRefusedWithoutIt(Role role, int left, TestDatabase database) {
    String user = role + "-without-" + left;
    List<Right> rights = new ArrayList<>(rights(user).of(role));
    Right missing = rights.remove(left);
    broker.addUser(user);
    broker.grant(user, rights);

    Throwable refusal = refusal(role, user, database);

    assertThat(Stream.iterate(refusal, Objects::nonNull, Throwable::getCause))
        .as("%s without %s", role, missing)
        .hasAtLeastOneElementOfType(AuthorizationException.class);
  }

  @Test
  void letsACertificateInForAPassword(@TempDir Path other) throws Exception {
    try (SecureBroker certified =
        SecureBroker.withCertificates(other, "emotion-topics", "emotion-ingest")) {
      certified.grant("emotion-topics", rights("any").of(Role.TOPICS));
      certified.grant("emotion-ingest", rights("any").of(Role.INGEST));
      try (Admin admin = Admin.create(certified.settingsOf("emotion-topics"))) {
        new TopicAdmin(admin).create(TOPICS);
      }

      assertThat(ingest(certified.settingsOf("emotion-ingest"))).isEmpty();
    }
  }

  private static AccessRights rights(String user) {
    return new AccessRights(TOPICS, user + "-classifier", user + "-sink", user + "-json");
  }

  private static Throwable refusal(Role role, String user, TestDatabase database) {
    Map<String, Object> settings = broker.settingsOf(user);
    try {
      Optional<Throwable> failure =
          switch (role) {
            case TOPICS -> topics(settings);
            case INGEST -> ingest(settings);
            case CLASSIFY -> classify(user, settings);
            case SINK -> sink(user, settings, database);
            case JSON -> json(user, settings);
            default -> throw new IllegalArgumentException(role.name());
          };
      return failure.orElseThrow(() -> new AssertionError(role + " was not refused"));
    } catch (RuntimeException | IOException e) {
      return e;
    }
  }

  private static Optional<Throwable> topics(Map<String, Object> settings) {
    try (Admin admin = Admin.create(settings)) {
      new TopicAdmin(admin).create(ALL);
      return Optional.empty();
    }
  }

  private static Optional<Throwable> ingest(Map<String, Object> settings) {
    IngestConfig config =
        new IngestConfig(
            List.of("synthetic:?count=3"), 1, OptionalDouble.empty(), Duration.ofSeconds(1));
    try (Ingest ingest = new Ingest(config, TOPICS, settings, InstantSource.system())) {
      ingest.start();
      await().atMost(PATIENCE).until(() -> ingest.isDone() || ingest.failure().isPresent());
      return ingest.failure();
    }
  }

  private static Optional<Throwable> classify(String user, Map<String, Object> settings)
      throws IOException {
    settings.put("application.id", user + "-classifier");
    settings.put("state.dir", directory.resolve(user).toString());
    try (ClassifierStream stream =
        new ClassifierStream(
            ClassifierConfig.defaults(),
            TOPICS,
            FixedAnswerClassifier::new,
            settings,
            InstantSource.system())) {
      stream.start();
      return awaited(stream::failure);
    }
  }

  private static Optional<Throwable> sink(
      String user, Map<String, Object> settings, TestDatabase database) {
    settings.put("group.id", user + "-sink");
    try (AnalyticsSink sink =
        new AnalyticsSink(SinkConfig.of(database.jdbcUrl(), "", ""), TOPICS, settings)) {
      sink.start();
      return awaited(sink::failure);
    }
  }

  private static Optional<Throwable> json(String user, Map<String, Object> settings) {
    settings.put("application.id", user + "-json");
    settings.put("state.dir", directory.resolve(user).toString());
    try (JsonBridge bridge = new JsonBridge(TOPICS, settings)) {
      bridge.start();
      return awaited(bridge::failure);
    }
  }

  private static Optional<Throwable> awaited(Supplier<Optional<Throwable>> failure) {
    return await().atMost(PATIENCE).until(failure::get, Optional::isPresent);
  }
}
