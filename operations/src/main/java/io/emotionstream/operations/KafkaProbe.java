// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker every few seconds whether it answers, and how far groups are behind. It has a
 * client and a thread of its own, so it tells the truth also while a stage hangs.
 *
 * <p>Lag is the distance of a group's committed offsets from the end of what is committed on the
 * topic; offsets of transaction markers count, so it may be 1 or 2 a partition where nothing waits.
 */
final class KafkaProbe implements HealthCheck, MetricSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaProbe.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final Admin admin;
  private final Set<String> groups;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread daemon = new Thread(work, "kafka-probe");
            daemon.setDaemon(true);
            return daemon;
          });
  private volatile Answer last;
  private volatile Map<Lagging, Long> lags = Map.of();
  private boolean lagRefused; // used by the thread only

  /** When the broker answered last, and what it said since. */
  private record Answer(boolean ever, long at, String problem) {}

  private record Lagging(String group, String topic) {}

  KafkaProbe(Admin admin, Set<String> groups, LongSupplier nanoTime) {
    this.admin = admin;
    this.groups = Set.copyOf(groups);
    this.nanoTime = nanoTime;
    this.last = new Answer(false, nanoTime.getAsLong(), "");
  }

  static KafkaProbe start(Map<String, Object> settings, Set<String> groups) {
    Map<String, Object> admin = new HashMap<>();
    admin.put(AdminClientConfig.CLIENT_ID_CONFIG, "emotion-probe");
    settings.forEach(
        (name, value) -> {
          if (AdminClientConfig.configNames().contains(name)
              && !name.equals(AdminClientConfig.CLIENT_ID_CONFIG)) {
            admin.put(name, value);
          }
        });
    KafkaProbe probe = new KafkaProbe(Admin.create(admin), groups, System::nanoTime);
    probe.thread.scheduleWithFixedDelay(probe::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return probe;
  }

  @Override
  public Optional<String> problem() {
    Answer answer = last;
    long silent = nanoTime.getAsLong() - answer.at;
    if (answer.ever && silent < SILENCE.toNanos()) {
      return Optional.empty();
    }
    String since = answer.ever ? "for " + Duration.ofNanos(silent).toSeconds() + " s" : "yet";
    String why = answer.problem.isEmpty() ? "" : ": " + answer.problem;
    return Optional.of("no answer from the broker " + since + why);
  }

  @Override
  public void addTo(MetricFamilies families) {
    lags.forEach(
        (of, lag) ->
            families.gauge(
                "emotion_lag_records",
                "Records that the group has still to read, over all partitions and instances.",
                lag,
                "group",
                of.group,
                "topic",
                of.topic));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }

  /** Asks once. */
  void look() {
    try {
      admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      last = new Answer(true, nanoTime.getAsLong(), "");
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      last = new Answer(last.ever, last.at, describe(e));
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    readLags();
  }

  private void readLags() {
    try {
      Map<Lagging, Long> now = new HashMap<>();
      for (String group : groups) {
        addLags(group, now);
      }
      lags = now;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      lags = Map.of(); // no number rather than an old one
      if (!lagRefused && !(e instanceof InterruptException)) {
        lagRefused = true;
        LOG.warn("the lag of {} cannot be told: {}", groups, describe(e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void addLags(String group, Map<Lagging, Long> lags)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    committed.values().removeIf(Objects::isNull);
    admin
        .listOffsets(
            committed.keySet().stream()
                .collect(Collectors.toMap(partition -> partition, end -> OffsetSpec.latest())),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .forEach(
            (partition, end) ->
                lags.merge(
                    new Lagging(group, partition.topic()),
                    Math.max(0, end.offset() - requireNonNull(committed.get(partition)).offset()),
                    Long::sum));
  }

  private static String describe(Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    String message = cause.getMessage();
    String kind = cause.getClass().getSimpleName();
    return message == null ? kind : kind + ": " + message.replaceAll("\\s*\\R\\s*", " ");
  }
}
