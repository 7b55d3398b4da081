// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.embedded.EmbeddedDatabase;
import io.emotionstream.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A classifier that is killed under load leaves the pipeline as if nothing had been: every frame
 * answered exactly once, the books balanced, windows and rows those of an undisturbed run over the
 * same input. Stages are processes; the cluster has three brokers.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultsIT {
  private static final int FRAMES = 2400;

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

  private static Installation install(Input frames) throws SQLException, IOException {
    return new Installation(cluster, database, directory, frames);
  }

  private static void killInTheMiddle(Installation installation, Stage classifier, int answered)
      throws Exception {
    installation.await(answered + " answers", () -> installation.answered() >= answered);
    installation.kill(classifier);

    assertThat(installation.unanswered()).as("unanswered at the kill").isPositive();
    assertThat(installation.waiting()).as("read, but waiting for their batch").isPositive();
  }
}
