// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.embedded.EmbeddedDatabase;
import io.emotionstream.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.tools.StreamsResetter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is killed or stopped under load, the pipeline ends as if nothing had been: every frame
 * answered exactly once, the books balanced, windows and rows those of an undisturbed run over the
 * same input. Stages are processes; the cluster has three brokers.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultsIT {
  private static final int FRAMES = 2400;

  /** So many records show that work goes on. */
  private static final int SOME = 120;

  private static final Duration STEP = Duration.ofMillis(250);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS) // what the stages said is there
  private static Path directory;

  private static Instant start;
  private static Input input;
  private static TestCluster cluster;
  private static EmbeddedDatabase database;
  private static Run undisturbed;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    start = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(5));
    input = Input.drawn(FRAMES, start, STEP, 4);
    cluster = TestCluster.start();
    database = EmbeddedDatabase.start(directory.resolve("postgres"));
    try (Installation installation = install(input)) {
      installation.classify("only", 2);
      installation.sink(500);
      installation.publication().publishAll();
      undisturbed = installation.end();
    }
    undisturbed.requireBalanced();
    assertThat(undisturbed.outcome().late()).as("the input has late faces").isNotEmpty();
    assertThat(undisturbed.outcome().deadLetters()).as("the input has poison").isNotEmpty();
    assertThat(undisturbed.outcome().windows()).hasSizeGreaterThan(100);
  }

  @AfterAll
  static void stop() throws IOException {
    try {
      database.close();
    } finally {
      cluster.close();
    }
  }

  @Test
  void answersEachFrameOnceWhenTheClassifierIsKilledThreeTimesInTheMiddleOfABatch()
      throws Exception {
    try (Installation installation = install(input)) {
      installation.sink(500);
      installation.publication().publishAll();

      killInTheMiddle(installation, installation.classify("first", 2), FRAMES / 8);
      killInTheMiddle(installation, installation.classify("first", 2), FRAMES / 3);
      // The third comes to a new machine: without the state, and without its predecessor's name.
      killInTheMiddle(installation, installation.classify("second", 2), FRAMES / 2);
      installation.classify("second", 2);

      installation.end().requireAsUndisturbed(undisturbed);
    }
  }

  @Test
  void answersEachFrameOnceWhenBrokersStopAndComeBack() throws Exception {
    try (Installation installation = install(input)) {
      installation.classify("only", 2);
      installation.sink(50);
      installation.publication().feedHalf();
      awaitMore(installation);

      for (String topic :
          List.of(installation.topics().faceFrames().name(), "__transaction_state")) {
        int broker = cluster.leaderOf(topic);
        load(installation);
        cluster.stop(broker);
        installation.await("another leader", () -> isLedByAnother(topic, broker));
        awaitMore(installation);
        load(installation);
        cluster.start(broker);
        installation.await("the copies of broker " + broker, cluster::isInSync);
      }
      installation.publication().stopFeed();
      installation.publication().publishAll();

      installation.end().requireAsUndisturbed(undisturbed);
    }
  }

  @Test
  void answersEachFrameOnceWhenInstancesComeAndGo() throws Exception {
    try (Installation installation = install(input)) {
      Stage first = installation.classify("first", 1);
      installation.sink(500);
      installation.publication().feedHalf();
      awaitMore(installation);

      Stage second = installation.classify("second", 1);
      installation.await("a share for each", () -> installation.shares().equals(List.of(2, 2)));
      awaitMore(installation);
      load(installation);
      installation.stop(first);
      installation.await("all for the second", () -> installation.shares().equals(List.of(4)));
      installation.classify("third", 1);
      installation.await("a share for each", () -> installation.shares().equals(List.of(2, 2)));
      awaitMore(installation);
      load(installation);
      installation.kill(second);
      installation.await("all for the third", () -> installation.shares().equals(List.of(4)));
      installation.publication().stopFeed();
      installation.publication().publishAll();

      installation.end().requireAsUndisturbed(undisturbed);
    }
  }

  @Test
  void answersEachFrameOnceWithPoisonInEveryBatchAndAKill() throws Exception {
    int frames = FRAMES / 2;
    Input poisoned = Input.withFixedAnswers(frames, start, STEP);
    Run expected;
    try (Installation installation = install(poisoned)) {
      installation.classifyWithFixedAnswers("only");
      installation.sink(500);
      installation.publication().publishAll();
      expected = installation.end();
    }
    expected.requireBalanced();
    assertThat(expected.outcome().deadLetters()).hasSize(frames / Input.POISON_EVERY);

    try (Installation installation = install(poisoned)) {
      installation.sink(500);
      installation.publication().publishAll();
      killInTheMiddle(installation, installation.classifyWithFixedAnswers("only"), frames / 8);
      installation.classifyWithFixedAnswers("only");

      installation.end().requireAsUndisturbed(expected);
    }
  }

  @Test
  void storesEachRowOnceWhenTheDatabaseStopsAndWhenTheSinkIsKilled() throws Exception {
    try (Installation installation = install(input)) {
      installation.classify("only", 2);
      Stage sink = installation.sink(20);
      installation.publication().feedHalf();
      installation.await("the first rows", () -> installation.stored() > 0);

      load(installation);
      database.close();
      awaitMore(installation);
      database = EmbeddedDatabase.start(directory.resolve("postgres"), database.port());
      awaitRows(installation);

      killInItsTransaction(installation, sink);
      sink = installation.sink(20);
      awaitRows(installation);
      killInItsTransaction(installation, sink);
      installation.sink(500);
      installation.publication().stopFeed();
      installation.publication().publishAll();

      installation.end().requireAsUndisturbed(undisturbed);
      assertThat(
              Rows.number(
                  installation.jdbcUrl(),
                  "select count(*) from emotion_events where xmax::text <> '0'"))
          .as("rows that were written again")
          .isZero();
    }
  }

  /** The procedure of classifier-stream/README.md, "Replay". */
  @Test
  void endsWithTheSameRowsAfterAFullReplay() throws Exception {
    try (Installation installation = install(input)) {
      installation.classify("before", 2);
      installation.sink(500);
      installation.publication().publishAll();
      Run first = installation.end();
      first.requireAsUndisturbed(undisturbed);

      reset(installation);
      installation.repeat();
      installation.classify("after", 2);
      installation.sink(500);
      Run both = installation.end();

      Outcome second = both.outcome().since(first.outcome());
      new Run(both.publication(), second, both.rows(), both.settled())
          .requireAsUndisturbed(undisturbed);
    }
  }

  private static Installation install(Input frames) throws SQLException, IOException {
    return new Installation(cluster, database, directory, frames);
  }

  /** Kills the classifier while frames are committed as read, but wait for their batch. */
  private static void killInTheMiddle(Installation installation, Stage classifier, int answered)
      throws Exception {
    installation.await(answered + " answers", () -> installation.answered() >= answered);
    classifier.freeze();
    while (installation.waiting() <= 0) { // its last commit fell between two batches
      classifier.thaw();
      long before = installation.answered();
      installation.await("another commit", () -> installation.answered() > before);
      classifier.freeze();
    }
    installation.kill(classifier);

    assertThat(installation.unanswered()).as("unanswered at the kill").isPositive();
  }

  /** Kills the sink while its transaction waits for a lock, its offsets written and rows not. */
  private static void killInItsTransaction(Installation installation, Stage sink) throws Exception {
    String url = installation.jdbcUrl();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table emotion_events in exclusive mode");
      installation.publication().publishMore(SOME);
      installation.await(
          "a transaction that waits",
          () ->
              Rows.number(
                      url,
                      "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                          + " and datname = current_database()")
                  > 0);
      installation.kill(sink);
      connection.rollback();
    }
  }

  private static boolean isLedByAnother(String topic, int broker) {
    return !List.of(broker, TestCluster.NOBODY).contains(cluster.leaderOf(topic));
  }

  /** Makes sure that there are frames to be answered right now. */
  private static void load(Installation installation) {
    installation.publication().publishMore(SOME);
    assertThat(installation.unanswered()).as("frames on the way").isPositive();
  }

  private static void awaitMore(Installation installation) {
    long before = installation.answered();
    installation.publication().publishMore(SOME);
    installation.await("more answers", () -> installation.answered() > before + SOME / 2);
  }

  private static void awaitRows(Installation installation) {
    long before = installation.stored();
    installation.publication().publishMore(SOME);
    installation.await("more rows", () -> installation.stored() > before);
  }

  private static void reset(Installation installation) {
    String application = Installation.applicationId(installation.topics());
    int exit =
        new StreamsResetter()
            .execute(
                new String[] {
                  "--bootstrap-server", cluster.bootstrapServers(),
                  "--application-id", application,
                  "--input-topics", installation.topics().faceFrames().name()
                });
    assertThat(exit).as("exit code").isZero();
  }
}
