// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
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
   * @param settings of an admin client, which needs no more than to describe the topics
   * @throws IllegalStateException if one is missing
   * @throws TopicAuthorizationException if one may not be described
   * @throws KafkaException if the broker does not answer
   */
  static void require(Topics topics, Map<String, Object> settings) {
    try (Admin admin = Admin.create(settings)) {
      List<String> missing = new ArrayList<>();
      Map<String, Integer> partitions = partitions(topics, admin, missing);
      for (int tries = 1; !missing.isEmpty() && tries < PATIENCE.dividedBy(PAUSE); tries++) {
        Thread.sleep(PAUSE.toMillis());
        missing.clear();
        partitions = partitions(topics, admin, missing);
      }
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "topics %s are missing on %s: create them with ./emotion topics create"
                .formatted(missing, settings.get("bootstrap.servers")));
      }
      partitions.remove(topics.models().name()); // the control topic has one
      differences(topics.faceFrames().name(), partitions).forEach(LOG::warn);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  /** Returns the number of partitions of each topic; adds to {@code missing} what is not there. */
  private static Map<String, Integer> partitions(Topics topics, Admin admin, List<String> missing)
      throws InterruptedException {
    Map<String, Integer> partitions = new TreeMap<>();
    Set<String> denied = new TreeSet<>();
    List<String> names = topics.all().stream().map(Topic::name).toList();
    for (var answer : admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        partitions.put(answer.getKey(), answer.getValue().get().partitions().size());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          missing.add(answer.getKey());
        } else if (e.getCause() instanceof TopicAuthorizationException) {
          denied.add(answer.getKey());
        } else {
          throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
        }
      }
    }
    if (!denied.isEmpty()) { // the broker does not even tell whether they are there
      throw new TopicAuthorizationException(
          "not authorized to use topics %s: see ./emotion topics acls".formatted(denied), denied);
    }
    return partitions;
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
}
