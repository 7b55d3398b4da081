// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the cluster is, and how the topics are named on it. */
final class KafkaOptions {
  private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

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
      description = {
        "Raw Kafka client setting, such as security.protocol=SSL; may be repeated.",
        "A value may say where a secret is kept: docs/SECURITY.md."
      })
  private Map<String, String> raw = Map.of();

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description = {
        "Write and read Confluent's wire format, with the schemas in this registry, such as",
        "http://registry:8080/apis/ccompat/v7; the same for all stages (default: none is needed)."
      },
      defaultValue = "")
  private String schemaRegistry;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "Put before every topic name, so that installations can share a cluster.",
      defaultValue = "")
  private String topicPrefix;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  KafkaOptions() {}

  /**
   * Returns the client settings: what file and environment say, overridden by flags; secrets that
   * are kept elsewhere are put in ({@link ConfigVariables}).
   */
  Map<String, Object> settings() {
    EmotionCommand root = (EmotionCommand) command.root().userObject();
    Map<String, Object> settings = new HashMap<>();
    settings.put(BOOTSTRAP_SERVERS, bootstrapServers);
    if (!schemaRegistry.isEmpty()) {
      settings.put(RecordFormat.REGISTRY_URL, schemaRegistry);
    }
    settings.putAll(root.settings().kafka());
    if (isGiven("--bootstrap-servers")) {
      settings.put(BOOTSTRAP_SERVERS, bootstrapServers);
    }
    settings.putAll(raw);
    return ConfigVariables.resolve(settings);
  }

  /** Returns the topics by name; partitions and replication matter only where they are created. */
  Topics topics() {
    return new Topics(topicPrefix, Topics.DEFAULT_PARTITIONS, (short) -1);
  }

  Topics topics(int partitions, short replicationFactor) {
    return new Topics(topicPrefix, partitions, replicationFactor);
  }

  private boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
