// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.ModelBundle;
import io.emotionstream.operations.Operations;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link ClassifierTopology} against a cluster until closed.
 *
 * <p>Kafka settings override each other in this order: Kafka's defaults; ours (exactly once,
 * committed every 100 ms, application id {@value StreamsSettings#APPLICATION_ID}); what {@link
 * ClassifierConfig} says; the given ones, with Kafka Streams' prefixes such as {@code producer.}.
 * Instances with the same application id share the work. A stream is started once. Safe for use by
 * several threads.
 */
public final class ClassifierStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClassifierStream.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final ClassifierConfig config;
  private final Topics topics;
  private final StreamsConfig settings;
  private final ClassifierPool classifiers;
  private final ModelWatch models;
  private final ThreadFailures failures;
  private final KafkaStreams streams;
  private final CountDownLatch settled = new CountDownLatch(1);

  /**
   * Prepares a stream that classifies with the network of {@code bundle}.
   *
   * @param kafkaSettings at least {@code bootstrap.servers}; applied last. They name the {@link
   *     RecordFormat}, too
   * @throws KafkaException if they are invalid
   * @throws IllegalStateException if another process uses the state directory
   */
  public ClassifierStream(
      ClassifierConfig config,
      Topics topics,
      ModelBundle bundle,
      Map<String, Object> kafkaSettings) {
    this(config, topics, ClassifierFactory.of(bundle), kafkaSettings, InstantSource.system());
  }

  /**
   * Prepares a stream that classifies with what {@code factory} makes, one for each thread.
   *
   * @param kafkaSettings at least {@code bootstrap.servers}; applied last. They name the {@link
   *     RecordFormat}, too
   * @param clock wall-clock time
   * @throws KafkaException if the settings are invalid
   * @throws IllegalStateException if another process uses the state directory
   */
  public ClassifierStream(
      ClassifierConfig config,
      Topics topics,
      ClassifierFactory factory,
      Map<String, Object> kafkaSettings,
      InstantSource clock) {
    this.config = config;
    this.topics = topics;
    this.settings = new StreamsConfig(StreamsSettings.create(config, topics, kafkaSettings));
    this.classifiers = new ClassifierPool(factory, config.maxBatch());
    this.failures = new ThreadFailures(clock);
    RecordFormat format = RecordFormat.of(kafkaSettings);
    this.models =
        new ModelWatch(classifiers, config.threads(), topics.models(), format, watchSettings());
    this.streams =
        streams(ClassifierTopology.create(config, topics, format, classifiers, clock), settings);
    streams.setUncaughtExceptionHandler(failures);
    streams.setStateListener((state, before) -> settle(state));
  }

  /**
   * Checks the topics, warms the networks up, takes the model that the control topic names, if it
   * does and that can be used, then joins the group; does not wait for work.
   *
   * @throws IllegalStateException if a topic is missing
   * @throws KafkaException if the broker does not answer
   * @throws IOException if the model cannot be read
   */
  public void start() throws IOException {
    TopicCheck.require(topics, settings.getAdminConfigs("emotion-classifier-check"));
    classifiers.warmUp(config.threads());
    models.start();
    streams.start();
    LOG.info(
        "Classifier stream {} started: {}, topics {} to {}",
        settings.getString(StreamsConfig.APPLICATION_ID_CONFIG),
        config,
        topics.faceFrames().name(),
        topics.distributions().name());
  }

  /**
   * Waits until this instance has its share of the work.
   *
   * @throws TimeoutException if that takes longer than {@code timeout}
   * @throws IllegalStateException if the stream stopped; the cause is why
   */
  public void awaitRunning(Duration timeout) throws InterruptedException, TimeoutException {
    if (!settled.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException(
          "the classifier stream is %s after %s, expected RUNNING"
              .formatted(streams.state(), timeout));
    }
    if (!isHealthy()) {
      throw new IllegalStateException(
          "the classifier stream is "
              + streams.state()
              + failures.fatal().map(failure -> ": " + OneLine.of(failure)).orElse(""),
          failures.fatal().orElse(null));
    }
  }

  /** Returns whether the stream works or is about to: it shares out work or is connected anew. */
  public boolean isHealthy() {
    return streams.state().isRunningOrRebalancing() && failures.fatal().isEmpty();
  }

  /** Returns the failure that stopped the stream; empty while it goes on. */
  public Optional<Throwable> failure() {
    return failures.fatal();
  }

  /** Returns the id of the model that classifies from the next batch on; empty before the start. */
  public String modelId() {
    return classifiers.modelId();
  }

  /** Returns why the model that was chosen last was refused; empty if it was not. */
  public Optional<String> modelRefusal() {
    return models.refusal();
  }

  /** Returns the metrics of Kafka Streams, its clients, and {@link ClassifierMetrics}. */
  public Map<MetricName, ? extends Metric> metrics() {
    return streams.metrics();
  }

  /** Adds what this instance counts, and whether it works; {@code operations} outlives it. */
  public void addTo(Operations operations) {
    operations.metrics(new StreamMetrics(streams::metrics, classifiers::modelId, models));
    operations.streams(streams);
    operations.watchKafka(
        settings.getAdminConfigs("emotion-classifier-probe"),
        Set.of(settings.getString(StreamsConfig.APPLICATION_ID_CONFIG)));
    operations.live("stream", () -> failures.fatal().map(OneLine::of));
    operations.ready("stream", this::problem);
  }

  private Optional<String> problem() {
    if (failures.fatal().isPresent()) {
      return failures.fatal().map(OneLine::of);
    }
    KafkaStreams.State state = streams.state();
    return state == KafkaStreams.State.RUNNING
        ? Optional.empty()
        : Optional.of("the stream is " + state + ", expected RUNNING");
  }

  /**
   * Commits what was done, leaves the group and frees the networks; takes 30 s at most. Faces that
   * still wait for their batch are committed as waiting: the next instance answers them.
   * Idempotent.
   */
  @Override
  public void close() {
    models.close();
    boolean closed =
        streams.close(
            CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    settled.countDown();
    if (closed) {
      classifiers.close();
      LOG.info("Classifier stream closed");
    } else { // a thread may be inside its network: freeing that would crash the process
      LOG.warn("Classifier stream did not close within {}; its networks stay", CLOSE_TIMEOUT);
    }
  }

  /** Of a consumer without a group, for every instance reads all of the control topic. */
  private Map<String, Object> watchSettings() {
    Map<String, Object> watch =
        new HashMap<>(settings.getRestoreConsumerConfigs("emotion-classifier-models"));
    watch.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return watch;
  }

  private static KafkaStreams streams(Topology topology, StreamsConfig settings) {
    try {
      return new KafkaStreams(topology, settings);
    } catch (StreamsException e) { // of what it does there, only the state directory can fail
      Path directory =
          Path.of(
              settings.getString(StreamsConfig.STATE_DIR_CONFIG),
              settings.getString(StreamsConfig.APPLICATION_ID_CONFIG));
      throw new IllegalStateException(
          ("cannot use the state directory %s: if another classifier uses it, give this one a"
                  + " state.dir of its own (%s)")
              .formatted(directory, OneLine.of(e)),
          e);
    }
  }

  private void settle(KafkaStreams.State state) {
    if (state == KafkaStreams.State.RUNNING || state.hasCompletedShutdown()) {
      settled.countDown();
    }
  }
}
