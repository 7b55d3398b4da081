// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.schemas.Topics;
import picocli.CommandLine.Option;

/** How the topics are laid out on the cluster. */
final class TopicLayoutOptions {
  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Partitions of each topic (default: ${DEFAULT-VALUE}).")
  private int partitions = Topics.DEFAULT_PARTITIONS;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description =
          "Copies of each partition; -1 is the broker's default (default: ${DEFAULT-VALUE}).")
  private short replicationFactor = -1;

  Topics topics(KafkaOptions kafka) {
    return kafka.topics(partitions, replicationFactor);
  }
}
