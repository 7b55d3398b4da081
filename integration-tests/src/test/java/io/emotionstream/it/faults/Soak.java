// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import io.emotionstream.embedded.EmbeddedDatabase;
import io.emotionstream.testkit.TestCluster;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Kills and stops what it can, at random, while frames keep coming; ends with the books: as after
 * the tests, every frame has to be answered once, and windows and rows have to be those of an
 * undisturbed run. {@code integration-tests/soak --help} lists the settings.
 */
@CommandLine.Command(
    name = "integration-tests/soak",
    description = "Kills and stops what it can under load, then balances the books.",
    mixinStandardHelpOptions = true)
final class Soak implements Runnable {
  /** Where broker, database and stages keep their data while it runs. */
  private static final Path ROOT = Path.of("target", "soak").toAbsolutePath();

  private static final int SINK_BATCH = 100;

  @Option(names = "--minutes", description = "How long (default: ${DEFAULT-VALUE}).")
  private int minutes = 5;

  @Option(names = "--seed", description = "Chooses faults and faces (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--rate", description = "Records a second (default: ${DEFAULT-VALUE}).")
  private int rate = 200;

  private final PrintStream out = System.out;

  /** Ends with 0 if the books balance. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Soak()).execute(arguments));
  }

  @Override
  public void run() {
    Path directory = ROOT.resolve("run-" + ProcessHandle.current().pid());
    int frames = rate * 60 * minutes;
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Duration step = Duration.ofSeconds(1).multipliedBy(Input.CAMERAS).dividedBy(rate);
    Input input = Input.drawn(frames, start, step, seed);
    try (TestCluster cluster = TestCluster.start();
        Server server = new Server(Files.createDirectories(directory))) {
      Run disturbed = disturb(cluster, server, directory, input);
      disturbed.requireBalanced();
      out.printf(
          "%d frames: %d events, %d dead letters, each once; the books balance%n",
          disturbed.publication().ids().size(),
          disturbed.outcome().events().size(),
          disturbed.outcome().deadLetters().size());
      disturbed.requireAsUndisturbed(repeatUndisturbed(cluster, server, directory, input));
      out.printf(
          "%d windows and all rows are those of an undisturbed run%n",
          disturbed.outcome().windows().size());
    } catch (Exception e) { // what AutoCloseable declares
      throw new IllegalStateException("see the logs in " + directory, e);
    }
  }

  private Run disturb(TestCluster cluster, Server server, Path directory, Input input)
      throws Exception {
    try (Installation installation =
        new Installation(cluster, server.database(), directory, input)) {
      Faults faults = new Faults(cluster, server, installation);
      long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
      installation.publication().feed(rate);
      while (System.nanoTime() < end) {
        faults.one();
      }
      installation.publication().stopFeed();
      installation.publication().publishAll();
      return installation.end();
    }
  }

  private Run repeatUndisturbed(TestCluster cluster, Server server, Path directory, Input input)
      throws Exception {
    try (Installation installation =
        new Installation(cluster, server.database(), directory, input)) {
      installation.classify("only", 2);
      installation.sink(SINK_BATCH);
      installation.publication().publishAll();
      return installation.end();
    }
  }

  /** A database server that can be stopped and started. */
  private static final class Server implements AutoCloseable {
    private final Path directory;
    private EmbeddedDatabase database;

    Server(Path root) throws IOException {
      directory = root.resolve("postgres");
      database = EmbeddedDatabase.start(directory);
    }

    EmbeddedDatabase database() {
      return database;
    }

    void stop() throws IOException {
      database.close();
    }

    void start() throws IOException {
      database = EmbeddedDatabase.start(directory, database.port());
    }

    @Override
    public void close() throws IOException {
      database.close();
    }
  }

  /** What can happen to two classifiers, a sink, a database and three brokers. */
  private final class Faults {
    private final Random random = new Random(seed);
    private final Instant begun = Instant.now();
    private final TestCluster cluster;
    private final Server server;
    private final Installation installation;
    private final List<Stage> classifiers = new ArrayList<>();
    private Stage sink;
    private int machines;

    Faults(TestCluster cluster, Server server, Installation installation) {
      this.cluster = cluster;
      this.server = server;
      this.installation = installation;
      classifiers.add(newClassifier());
      classifiers.add(newClassifier());
      sink = installation.sink(SINK_BATCH);
    }

    void one() throws Exception {
      awaitMore("answers");
      switch (random.nextInt(7)) {
        case 0 -> killClassifier();
        case 1 -> stopClassifier();
        case 2 -> addAndRemove();
        case 3 -> stopBroker(() -> awaitMore("answers without it"));
        case 4 -> stopBroker(this::killClassifier);
        case 5 -> stopDatabase();
        default -> killSink();
      }
    }

    private void killClassifier() {
      say("a classifier is killed");
      installation.kill(anyClassifier());
      classifiers.add(newClassifier());
      awaitMore("answers of the next");
    }

    private void stopClassifier() {
      say("a classifier is stopped");
      installation.stop(anyClassifier());
      classifiers.add(newClassifier());
      awaitMore("answers of the next");
    }

    private void addAndRemove() {
      say("a classifier is added, then one killed");
      classifiers.add(newClassifier());
      installation.await("three shares", () -> installation.shares().size() == 3);
      installation.kill(anyClassifier());
      awaitMore("answers of two");
    }

    private void stopBroker(Runnable meanwhile) {
      int broker = random.nextInt(3);
      say("broker " + broker + " is stopped");
      cluster.stop(broker);
      meanwhile.run();
      cluster.start(broker);
      installation.await("copies in sync", cluster::isInSync);
    }

    private void stopDatabase() throws IOException {
      say("the database is stopped");
      server.stop();
      awaitMore("answers without it");
      server.start();
      awaitRows();
    }

    private void killSink() {
      say("the sink is killed");
      installation.kill(sink);
      sink = installation.sink(SINK_BATCH);
      awaitRows();
    }

    private Stage newClassifier() {
      machines++;
      return installation.classify("machine-" + machines, 1);
    }

    private Stage anyClassifier() {
      return classifiers.remove(random.nextInt(classifiers.size()));
    }

    private void awaitMore(String what) {
      long before = installation.answered();
      installation.await(
          what, () -> installation.answered() > before + rate || installation.isIdle());
    }

    private void awaitRows() {
      long before = installation.stored();
      installation.await("rows", () -> installation.stored() > before || installation.isIdle());
    }

    private void say(String fault) {
      out.printf(
          "%4d s: %s; %d answered, %d not yet, %d stored%n",
          Duration.between(begun, Instant.now()).toSeconds(),
          fault,
          installation.answered(),
          installation.unanswered(),
          installation.stored());
    }
  }
}
