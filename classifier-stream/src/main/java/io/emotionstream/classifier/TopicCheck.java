// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that the topics of the contract are there, so that the stream need not guess. */
final class TopicCheck {
  /** A topic that was just created takes a moment until every broker knows of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);

  private TopicCheck() {}

  /**
   * Returns when all {@code topics} are there; warns of output topics that are not partitioned as
   * the frames are.
   *
   * @param settings of an admin client
   * @throws IllegalStateException if one is missing
   * @throws KafkaException if the broker does not answer
   */
  static void require(Topics topics, Map<String, Object> settings) {
    try (Admin admin = Admin.create(settings)) {
      List<String> missing = missing(topics, admin);
      for (int tries = 1; !missing.isEmpty() && tries < PATIENCE.dividedBy(PAUSE); tries++) {
        Thread.sleep(PAUSE.toMillis());
        missing = missing(topics, admin);
      }
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "topics %s are missing on %s: create them with ./emotion topics create"
                .formatted(missing, settings.get("bootstrap.servers")));
      }
      warnOfPartitions(topics, admin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  private static void warnOfPartitions(Topics topics, Admin admin) throws InterruptedException {
    List<String> names =
        topics.all().stream()
            .filter(topic -> !topic.equals(topics.models())) // the control topic has one partition
            .map(Topic::name)
            .toList();
    Map<String, Integer> partitions = new TreeMap<>();
    try {
      admin
          .describeTopics(names)
          .allTopicNames()
          .get()
          .forEach((name, found) -> partitions.put(name, found.partitions().size()));
    } catch (ExecutionException e) { // no reason not to start
      LOG.warn("The topics' partitions could not be compared: {}", OneLine.of(e), e);
    }
    differences(topics.faceFrames().name(), partitions).forEach(LOG::warn);
  }

  /** Returns a sentence for each topic that has not as many partitions as {@code frames}. */
  static List<String> differences(String frames, Map<String, Integer> partitions) {
    Integer expected = partitions.get(frames);
    return partitions.entrySet().stream()
        .filter(topic -> !topic.getValue().equals(expected))
        .map(
            topic ->
                "Topic %s has %d partitions but %s has %d: the contract has the same number"
                    .formatted(topic.getKey(), topic.getValue(), frames, expected))
        .toList();
  }

  private static List<String> missing(Topics topics, Admin admin) {
    try {
      return new TopicAdmin(admin)
          .describe(topics).stream()
              .filter(finding -> finding.state() == TopicAdmin.State.MISSING)
              .map(finding -> finding.topic().name())
              .toList();
    } catch (UnknownTopicOrPartitionException e) { // one broker knows of it, another not yet
      return List.of(e.getMessage());
    }
  }
}
