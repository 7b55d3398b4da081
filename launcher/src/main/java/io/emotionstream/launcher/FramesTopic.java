// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the topic that cameras are published to before they are opened: a broker may else make
 * one with settings of its own, or nobody hear for minutes that there is none.
 */
final class FramesTopic {
  private static final Logger LOG = LoggerFactory.getLogger(FramesTopic.class);
  private static final int ANSWER_MS = 5_000;

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private FramesTopic() {}

  /**
   * Returns when the topic is there, or when the broker does not answer: then the cameras wait for
   * it.
   *
   * @throws IllegalStateException if it is not there
   * @throws org.apache.kafka.common.errors.TopicAuthorizationException if it may not be described
   */
  static void require(Topics topics, Map<String, Object> settings) {
    Topic frames = topics.faceFrames();
    Map<String, Object> impatient = new HashMap<>(settings);
    impatient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MS);
    impatient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MS);
    try (Admin admin = Admin.create(impatient)) {
      if (!new TopicAdmin(admin).partitions(List.of(frames), PATIENCE).isEmpty()) {
        return;
      }
    } catch (TimeoutException e) {
      LOG.warn(
          "No Kafka broker answers at {}; cameras are opened and wait for it",
          settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
      return;
    }
    throw new IllegalStateException(
        "topic %s is missing on %s: create it with ./emotion topics create"
            .formatted(frames.name(), settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)));
  }
}
