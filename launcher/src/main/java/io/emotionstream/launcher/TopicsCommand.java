// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.TopicAdmin;
import io.emotionstream.schemas.TopicAdmin.Finding;
import io.emotionstream.schemas.TopicAdmin.State;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Creates the topics of the contract and tells how existing ones differ from it. */
@Command(
    name = "topics",
    description = "Create and describe the topics, and who may do what with them.",
    subcommands = AclsCommand.class)
final class TopicsCommand {
  @Command(
      name = "create",
      description = {
        "Create the topics that are missing.",
        "Existing ones are compared with the contract: differences are reported, never changed."
      })
  int create(@Mixin KafkaOptions kafka, @Mixin TopicLayoutOptions layout) {
    run(kafka, admin -> admin.create(layout.topics(kafka)));
    return 0;
  }

  @Command(
      name = "describe",
      description =
          "Compare the topics on the broker with the contract; ends with 1 if they differ.")
  int describe(@Mixin KafkaOptions kafka, @Mixin TopicLayoutOptions layout) {
    return run(kafka, admin -> admin.describe(layout.topics(kafka))) ? 0 : 1;
  }

  /** Prints what was found; returns whether all of it is as the contract says. */
  private static boolean run(KafkaOptions kafka, Function<TopicAdmin, List<Finding>> action) {
    Map<String, Object> settings = kafka.settings();
    try (Admin admin = Admin.create(settings)) {
      return print(action.apply(new TopicAdmin(admin)));
    } catch (TimeoutException e) {
      throw noAnswer(settings.get("bootstrap.servers"), e);
    }
  }

  static IllegalStateException noAnswer(@Nullable Object brokers, TimeoutException cause) {
    return new IllegalStateException(
        ("no Kafka broker answers at %s: check --bootstrap-servers, and that"
                + " kafka.security.protocol is the one of its listener")
            .formatted(brokers),
        cause);
  }

  private static boolean print(List<Finding> findings) {
    boolean differs = false;
    for (Finding finding : findings) {
      Topic topic = finding.topic();
      System.out.printf(
          "%-8s %s: %s, partitions %d, %s%n",
          finding.state().name().toLowerCase(Locale.ROOT),
          topic.name(),
          topic.values(),
          topic.partitions(),
          topic.requiredSettings());
      for (String difference : finding.differences()) {
        System.out.println("         differs: " + difference);
      }
      differs |= finding.state() == State.MISSING || !finding.differences().isEmpty();
    }
    return !differs;
  }
}
