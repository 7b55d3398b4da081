// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.NetworkException;

/** Asks the broker for the ids behind topic names. */
final class TopicIds {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Map<String, Object> settings = new HashMap<>();

  /** Uses those of the consumer's {@code settings} that an admin client knows. */
  TopicIds(Map<String, Object> settings) {
    settings.forEach(
        (name, value) -> {
          if (AdminClientConfig.configNames().contains(name)) {
            this.settings.put(name, value);
          }
        });
  }

  /**
   * Returns the id of each of {@code topics}.
   *
   * @throws NetworkException if no name server knows the broker now; trying again may help
   * @throws KafkaException if the broker does not tell
   */
  Map<String, UUID> of(Collection<String> topics) {
    Admin admin = connect();
    try {
      DescribeTopicsOptions options =
          new DescribeTopicsOptions().timeoutMs(Math.toIntExact(LIMIT.toMillis()));
      Map<String, UUID> ids = new HashMap<>();
      admin
          .describeTopics(topics, options)
          .allTopicNames()
          .get()
          .forEach((name, topic) -> ids.put(name, uuid(topic.topicId())));
      return ids;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private Admin connect() {
    try {
      return Admin.create(settings);
    } catch (KafkaException e) { // the consumer was made with the same settings, so they are right
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new NetworkException("no broker can be found: " + reason.getMessage(), e);
    }
  }

  private static UUID uuid(Uuid id) {
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }
}
