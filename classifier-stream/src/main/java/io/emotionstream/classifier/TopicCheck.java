// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that the topics of the contract are there, so that the stream need not guess. */
final class TopicCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

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
      Map<String, Integer> partitions = new TopicAdmin(admin).partitions(topics.all(), PATIENCE);
      if (partitions.size() < topics.all().size()) {
        Set<String> there = partitions.keySet();
        throw new IllegalStateException(
            "topics %s are missing on %s: create them with ./emotion topics create"
                .formatted(
                    topics.all().stream()
                        .map(Topic::name)
                        .filter(name -> !there.contains(name))
                        .toList(),
                    settings.get("bootstrap.servers")));
      }
      partitions.remove(topics.models().name()); // the control topic has one
      differences(topics.faceFrames().name(), partitions).forEach(LOG::warn);
    }
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
