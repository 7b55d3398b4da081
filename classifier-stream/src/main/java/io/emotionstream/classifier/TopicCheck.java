// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes sure that the topics of the contract are there, so that the stream need not guess. */
final class TopicCheck {
  /** A topic that was just created takes a moment until every broker knows of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private TopicCheck() {}

  /**
   * Returns when all {@code topics} are there.
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
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
