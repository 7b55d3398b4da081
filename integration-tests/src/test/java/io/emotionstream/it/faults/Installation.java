// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import static java.util.stream.Collectors.toMap;

import io.emotionstream.embedded.EmbeddedDatabase;
import io.emotionstream.launcher.Main;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.TestBroker;
import io.emotionstream.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * One pipeline on a cluster and a database server that others use, too: topics, a database,
 * processes of its own. For one thread.
 */
final class Installation implements AutoCloseable {
  static final Duration WINDOW = Duration.ofSeconds(5);
  static final Duration GRACE = Duration.ofSeconds(1);

  private final TestBroker broker;
  private final Topics topics;
  private final String jdbcUrl;
  private final Path directory;
  private final Publication publication;
  private final Progress progress;
  private final Admin admin;
  private final List<Stage> stages = new ArrayList<>();
  private int passes = 1;

  /**
   * @param server where it makes its database
   * @param root where it makes its directory
   */
  Installation(TestCluster cluster, EmbeddedDatabase server, Path root, Input input)
      throws SQLException, IOException {
    this.broker = cluster.broker();
    this.topics = broker.newTopics();
    this.jdbcUrl = newDatabase(server, topics.prefix().replaceAll("\\W", "_"));
    this.directory = Files.createDirectories(root.resolve(topics.prefix() + "run"));
    this.publication =
        new Publication(input, topics.faceFrames().name(), broker.bootstrapServers());
    this.progress = new Progress(topics, broker.bootstrapServers());
    this.admin = broker.newAdmin();
  }

  static String applicationId(Topics topics) {
    return topics.prefix() + "classifier";
  }

  Topics topics() {
    return topics;
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  Publication publication() {
    return publication;
  }

  /** Starts {@code ./emotion classify}, with state of its own under {@code instance}. */
  Stage classify(String instance, int threads) {
    return start(
        "classify-" + instance,
        Main.class,
        List.of(
            "classify",
            "--bootstrap-servers=" + broker.bootstrapServers(),
            "--topic-prefix=" + topics.prefix(),
            "--window=" + WINDOW,
            "--grace=" + GRACE,
            "--max-latency=100ms", // so that a commit finds frames that wait
            "--threads=" + threads,
            "--idle-timeout=1h", // a pause after a kill closes no window
            "--state-dir=" + directory.resolve(instance),
            "--kafka=application.id=" + applicationId(topics),
            "--kafka=session.timeout.ms=6000",
            "--kafka=heartbeat.interval.ms=1000"));
  }

  /** Starts the same with a network that fails on request. */
  Stage classifyWithFixedAnswers(String instance) {
    return start(
        "classify-" + instance,
        FixedAnswers.class,
        List.of(
            broker.bootstrapServers(), topics.prefix(), directory.resolve(instance).toString()));
  }

  /** Starts {@code ./emotion sink}. */
  Stage sink(int batch) {
    return start(
        "sink",
        Main.class,
        List.of(
            "sink",
            "--bootstrap-servers=" + broker.bootstrapServers(),
            "--topic-prefix=" + topics.prefix(),
            "--jdbc-url=" + jdbcUrl,
            "--sink-batch=" + batch,
            "--kafka=group.id=" + topics.prefix() + "sink",
            "--kafka=session.timeout.ms=6000",
            "--kafka=heartbeat.interval.ms=1000"));
  }

  void kill(Stage stage) {
    stage.kill();
    stages.remove(stage);
  }

  void stop(Stage stage) {
    stage.stop();
    stages.remove(stage);
  }

  long answered() {
    return progress.answered();
  }

  /** Returns how many frames are published and not answered. */
  long unanswered() {
    return passes * publication.ids().size() - answered();
  }

  /** Returns whether the feed has ended and all is answered. */
  boolean isIdle() {
    return publication.isFed() && unanswered() <= 0;
  }

  /** Returns how many events are stored; 0 while the database is away or has no tables. */
  long stored() {
    try {
      return Rows.number(jdbcUrl, "select count(*) from emotion_events");
    } catch (SQLException e) {
      return 0;
    }
  }

  /**
   * Returns how many frames are committed as read but not answered: they wait for their batch, and
   * whoever comes next has to answer them.
   */
  long waiting() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> read =
        admin
            .listConsumerGroupOffsets(applicationId(topics))
            .partitionsToOffsetAndMetadata()
            .get()
            .entrySet()
            .stream()
            .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    return publication.answerableBefore(read) - Outcome.read(broker, topics).answers();
  }

  /** Returns the number of partitions of each member of the classifiers' group. */
  List<Integer> shares() throws ExecutionException, InterruptedException {
    ConsumerGroupDescription group =
        admin
            .describeConsumerGroups(List.of(applicationId(topics)))
            .describedGroups()
            .values()
            .iterator()
            .next()
            .get();
    return group.members().stream()
        .map(member -> member.assignment().topicPartitions().size())
        .sorted()
        .toList();
  }

  /** Waits for {@code condition}; fails if a process ends or nothing moves any more. */
  void await(String what, Callable<Boolean> condition) {
    if (!isReached(condition)) {
      throw new AssertionError(
          "%s did not come: %d of %d frames are answered, %d events stored"
              .formatted(what, answered(), publication.ids().size(), stored()));
    }
  }

  /** Expects every frame to be answered once more. */
  void repeat() {
    passes++;
  }

  /**
   * Waits until all that was published is answered, in closed windows and stored; then ends the
   * processes and reads what has come of it.
   */
  Run end() throws SQLException {
    boolean classified = isReached(() -> unanswered() <= 0 && progress.allWindowsAreClosed());
    List.copyOf(stages).stream().filter(stage -> !stage.isSink()).forEach(this::stop);
    Outcome outcome = Outcome.read(broker, topics);
    boolean stored = isReached(() -> Rows.reach(outcome.ends(), jdbcUrl));
    List.copyOf(stages).forEach(this::stop);
    return new Run(publication, outcome, Rows.read(jdbcUrl), classified && stored);
  }

  @Override
  public void close() {
    stages.forEach(Stage::close);
    progress.close();
    publication.close();
    admin.close();
  }

  private boolean isReached(Callable<Boolean> condition) {
    return Patience.until(
        () -> {
          stages.forEach(Stage::requireAlive);
          return condition.call();
        },
        () -> answered() + stored());
  }

  private Stage start(String name, Class<?> main, List<String> arguments) {
    Stage stage = Stage.start(name, directory, main, arguments);
    stages.add(stage);
    return stage;
  }

  private static String newDatabase(EmbeddedDatabase server, String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return server.jdbcUrl(name);
  }
}
