// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.NullMarked;

/**
 * One topic of the contract; its key is a camera id in UTF-8, unless {@link Topics} says otherwise.
 *
 * @param name name on the broker
 * @param values record types it carries
 * @param partitions number of partitions
 * @param replicationFactor copies of each partition; -1 for the broker's default
 * @param retention how long a record is kept at least, by its timestamp
 * @param settings further settings that the contract requires
 */
@NullMarked
public record Topic(
    String name,
    String values,
    int partitions,
    short replicationFactor,
    Duration retention,
    Map<String, String> settings) {

  private static final Duration MAX_AHEAD = Duration.ofDays(30);

  public Topic {
    settings = Map.copyOf(settings);
  }

  /** Returns every broker setting that the contract requires, sorted by name. */
  public Map<String, String> requiredSettings() {
    Map<String, String> all = new TreeMap<>();
    all.put("cleanup.policy", "delete");
    // A window's end may lie ahead of the broker's clock; the broker's default is one hour.
    all.put("message.timestamp.after.max.ms", Long.toString(MAX_AHEAD.toMillis()));
    all.put("message.timestamp.type", "CreateTime");
    all.put("retention.ms", Long.toString(retention.toMillis()));
    all.putAll(settings);
    return all;
  }

  NewTopic toNewTopic() {
    return new NewTopic(name, partitions, replicationFactor).configs(requiredSettings());
  }
}
