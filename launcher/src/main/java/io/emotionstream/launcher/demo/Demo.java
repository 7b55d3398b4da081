// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.classifier.ClassifierMetrics;
import io.emotionstream.classifier.ClassifierStream;
import io.emotionstream.embedded.EmbeddedBroker;
import io.emotionstream.embedded.EmbeddedDatabase;
import io.emotionstream.ingest.Ingest;
import io.emotionstream.launcher.StopSignal;
import io.emotionstream.launcher.demo.WindowBooks.Kind;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import io.emotionstream.sink.AnalyticsSink;
import io.emotionstream.sink.SinkConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole pipeline in one process: the same stages as in a cluster, on an embedded broker and an
 * embedded database.
 */
public final class Demo {
  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration FENCED_PATIENCE = Duration.ofSeconds(30);
  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final String CLASSIFIER_GROUP = "emotion-classifier";
  private static final String SINK_GROUP = "emotion-sink";

  private final DemoConfig config;
  private final ModelBundle bundle;
  private final PrintStream out;
  private final StopSignal stop;
  private final InstantSource clock = InstantSource.system();
  private final Topics topics = new Topics("", Topics.DEFAULT_PARTITIONS, (short) 1);

  public Demo(DemoConfig config, ModelBundle bundle, PrintStream out, StopSignal stop) {
    this.config = config;
    this.bundle = bundle;
    this.out = out;
    this.stop = stop;
  }

  /**
   * Runs until the duration is over, the sources end, or a stop is asked for; then drains.
   *
   * @return the books, which may not balance if the pipeline did not drain
   * @throws IllegalStateException if a stage fails
   */
  public DemoSummary run() throws Exception {
    try (DataDirectory data = DataDirectory.open(config.dataDirectory());
        EmbeddedDatabase database = EmbeddedDatabase.start(data.resolve("postgres"));
        ExitHook hook = ExitHook.closing(database);
        EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("kafka"))) {
      LOG.debug("{} stops PostgreSQL if this process is told to exit at once", hook);
      out.printf("Kafka       %s%n", broker.bootstrapServers());
      out.printf("PostgreSQL  %s%n", database.jdbcUrl());
      out.printf("Data        %s%n", data.path());
      out.printf("Model       %s%n", bundle);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        TopicAdmin topicAdmin = new TopicAdmin(admin);
        FencedBroker.outwait(() -> topicAdmin.create(topics), FENCED_PATIENCE, REDRAW);
      }
      try (DemoPage page =
          DemoPage.open(config.page(), topics, broker.bootstrapServers(), database.jdbcUrl())) {
        out.printf("Dashboard   %s%n", page);
        return runStages(broker.bootstrapServers(), database.jdbcUrl(), data.resolve("streams"));
      }
    }
  }

  private DemoSummary runStages(String bootstrapServers, String jdbcUrl, Path streams)
      throws Exception {
    Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
    Map<String, Object> sinkKafka =
        Map.of("bootstrap.servers", bootstrapServers, "group.id", SINK_GROUP);
    Map<String, Object> classifierKafka =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "application.id", CLASSIFIER_GROUP,
            "state.dir", streams.toString());
    SinkConfig sinkConfig = SinkConfig.of(jdbcUrl, "", "");
    try (AnalyticsSink sink = new AnalyticsSink(sinkConfig, topics, sinkKafka);
        ClassifierStream classifier =
            new ClassifierStream(config.classifier(), topics, bundle, classifierKafka);
        Ingest ingest = new Ingest(config.ingest(), topics, kafka, clock)) {
      sink.start();
      classifier.start();
      classifier.awaitRunning(START_TIMEOUT);
      StoredTotals before = settled(kafka, jdbcUrl, classifier, ingest);
      Tally tally = new Tally();
      try (TopicObserver observer = new TopicObserver(kafka, topics, clock, tally);
          Admin admin = Admin.create(kafka)) {
        observer.start();
        ingest.start();
        Health health =
            new Health(ingest::failure, classifier::failure, sink::failure, observer::failure);
        watch(ingest, tally, health);
        out.println("Draining: every published face is classified, every window closed and stored");
        ingest.finish();
        return new Drain(books(observer, admin, tally, jdbcUrl, before), health).await();
      }
    }
  }

  private Drain.Books books(
      TopicObserver observer, Admin admin, Tally tally, String jdbcUrl, StoredTotals before) {
    return new Drain.Books() {
      @Override
      public boolean areRead() throws ExecutionException, InterruptedException {
        return observer.isAtEnd(admin);
      }

      @Override
      public DemoSummary read() throws SQLException {
        StoredTotals stored = StoredTotals.read(jdbcUrl, countingOnce()).minus(before);
        return DemoSummary.of(
            tally.snapshot(), stored, config.classifier().windows(), bundle.modelId());
      }
    };
  }

  /** Finishes what an earlier run left behind; returns what is stored before this one. */
  private StoredTotals settled(
      Map<String, Object> kafka, String jdbcUrl, ClassifierStream classifier, Ingest ingest)
      throws ExecutionException, InterruptedException, SQLException {
    if (config.dataDirectory().isPresent()) {
      Set<String> cameras = new TreeSet<>(ingest.cameraIds());
      cameras.addAll(StoredTotals.cameras(jdbcUrl));
      Leftovers leftovers =
          new Leftovers(
              kafka,
              topics,
              CLASSIFIER_GROUP,
              SINK_GROUP,
              () -> ClassifierMetrics.waiting(classifier.metrics()));
      leftovers.settle(cameras, clock.instant());
    }
    return StoredTotals.read(jdbcUrl, countingOnce());
  }

  private Kind countingOnce() {
    return Kind.countingOnce(config.classifier().windows());
  }

  private void watch(Ingest ingest, Tally tally, Health health) throws InterruptedException {
    LiveTable table = new LiveTable(out, config.terminal());
    Instant end = config.duration().map(clock.instant()::plus).orElse(Instant.MAX);
    boolean stopped = false;
    while (!stopped && !ingest.isDone() && clock.instant().isBefore(end)) {
      health.check();
      stopped = stop.await(REDRAW);
      table.draw(tally.snapshot(), clock.instant());
    }
  }
}
