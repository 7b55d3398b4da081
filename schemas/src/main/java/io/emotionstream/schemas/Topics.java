// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The topic contract: every topic's name, key, partitioning, retention and required settings.
 *
 * <p>All topics but the control topic {@link #models()} are keyed by camera id and share one
 * partition count, so a camera's records keep their order from frame to distribution. That holds
 * only as long as a camera stays on its partition: the partition count of a topic in use is never
 * changed, and a producer in another language must partition like Kafka's own (murmur2 of the key).
 *
 * @param prefix put before every name, so that several installations share a cluster; may be empty
 * @param partitions of every topic but {@link #models()}; positive. It bounds how many classifier
 *     threads work at once
 * @param replicationFactor of every topic; -1 for the broker's default
 */
@NullMarked
public record Topics(String prefix, int partitions, short replicationFactor) {
  public static final int DEFAULT_PARTITIONS = 4;

  /** The only key of {@link #models()}. */
  public static final String CURRENT_MODEL = "current";

  public Topics {
    if (!prefix.matches("[a-zA-Z0-9._-]{0,200}")) {
      throw new IllegalArgumentException(
          "topic prefix must be letters, digits, '.', '_' or '-', was '" + prefix + "'");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("topic partitions must be at least 1, was " + partitions);
    }
    if (replicationFactor != -1 && replicationFactor < 1) {
      throw new IllegalArgumentException(
          "replication factor must be at least 1, or -1 for the broker's default, was "
              + replicationFactor);
    }
  }

  /** No prefix, {@value #DEFAULT_PARTITIONS} partitions, the broker's replication factor. */
  public static Topics defaults() {
    return new Topics("", DEFAULT_PARTITIONS, (short) -1);
  }

  /** {@link FaceFrame} and {@link CameraHeartbeat}: pixels of people, so it is kept for minutes. */
  public Topic faceFrames() {
    return topic(
        "face-frames",
        "FaceFrame, CameraHeartbeat",
        Duration.ofMinutes(15),
        // Segments are deleted whole: without small ones the pixels would outlive the retention.
        Map.of("segment.ms", millis(Duration.ofMinutes(5)), "max.message.bytes", "1048588"));
  }

  /** {@link EmotionEvent}: one for each classified frame. */
  public Topic emotionEvents() {
    return topic("emotion-events", "EmotionEvent", Duration.ofDays(7), Map.of());
  }

  /** {@link EmotionEvent}: copies of those that came after their window was final. */
  public Topic lateEvents() {
    return topic("emotion-late-events", "EmotionEvent", Duration.ofDays(7), Map.of());
  }

  /** {@link EmotionDistribution}: one for each camera and window of each size, final. */
  public Topic distributions() {
    return topic("emotion-distributions", "EmotionDistribution", Duration.ofDays(30), Map.of());
  }

  /** {@link DeadLetter}: may hold pixels of people, so it is kept for a day. */
  public Topic deadLetters() {
    return topic(
        "emotion-dead-letters",
        "DeadLetter",
        Duration.ofDays(1),
        // A letter wraps a frame of the greatest allowed size.
        Map.of("segment.ms", millis(Duration.ofHours(6)), "max.message.bytes", "1114124"));
  }

  /**
   * {@link ModelChoice} under the key {@value #CURRENT_MODEL}: the bundle that every classifier is
   * to use. Control, not data: compacted, and one partition, so that all see the same last choice.
   */
  public Topic models() {
    return new Topic(
        prefix + "emotion-models",
        "ModelChoice",
        1,
        replicationFactor,
        Duration.ofDays(7),
        Map.of("cleanup.policy", "compact"));
  }

  /** Returns every topic, in the order of the flow, and the control topic. */
  public List<Topic> all() {
    return List.of(
        faceFrames(), emotionEvents(), lateEvents(), distributions(), deadLetters(), models());
  }

  /** Returns the copies of the results in JSON, which {@code ./emotion json-bridge} writes. */
  public List<Topic> json() {
    return Stream.of(emotionEvents(), lateEvents(), distributions()).map(Topics::jsonOf).toList();
  }

  /** Returns the topic of the copies of {@code topic}: the same but for the name. */
  public static Topic jsonOf(Topic topic) {
    return new Topic(
        topic.name() + "-json",
        topic.values() + " as JSON",
        topic.partitions(),
        topic.replicationFactor(),
        topic.retention(),
        topic.settings());
  }

  private Topic topic(
      String name, String values, Duration retention, Map<String, String> settings) {
    return new Topic(prefix + name, values, partitions, replicationFactor, retention, settings);
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
