// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import java.util.List;
import java.util.stream.Stream;
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

  @Option(names = "--json", description = "The topics that './emotion json-bridge' writes, too.")
  private boolean json;

  List<Topic> topics(KafkaOptions kafka) {
    Topics topics = kafka.topics(partitions, replicationFactor);
    return json
        ? Stream.concat(topics.all().stream(), topics.json().stream()).toList()
        : topics.all();
  }
}
