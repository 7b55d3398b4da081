// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the cluster is, and how the topics are laid out on it. */
final class KafkaOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "Kafka brokers to connect to first (default: ${DEFAULT-VALUE}).",
      defaultValue = "localhost:9092")
  private String bootstrapServers;

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description = "Raw Kafka client setting, such as security.protocol=SSL; may be repeated.")
  private Map<String, String> raw = Map.of();

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "Put before every topic name.",
      defaultValue = "")
  private String topicPrefix;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Partitions of a topic that is created (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + Topics.DEFAULT_PARTITIONS)
  private int partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "Copies of a topic that is created; -1 is the broker's default.",
      defaultValue = "-1")
  private short replicationFactor;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  KafkaOptions() {}

  /** Returns the client settings: the brokers, then file and environment, then flags. */
  Map<String, Object> settings() {
    EmotionCommand root = (EmotionCommand) command.root().userObject();
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.putAll(root.settings().kafka());
    settings.putAll(raw);
    return settings;
  }

  Topics topics() {
    return new Topics(topicPrefix, partitions, replicationFactor);
  }
}
