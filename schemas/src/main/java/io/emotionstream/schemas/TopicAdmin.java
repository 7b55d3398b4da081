// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.NullMarked;

/**
 * Creates the topics of a contract and tells how existing ones differ from it; never changes or
 * deletes one.
 */
@NullMarked
public final class TopicAdmin {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Admin admin;

  public TopicAdmin(Admin admin) {
    this.admin = admin;
  }

  /**
   * What was found of one topic.
   *
   * @param topic the contract
   * @param state whether it is there
   * @param differences settings of an existing topic that differ from the contract, in words
   */
  public record Finding(Topic topic, State state, List<String> differences) {
    public Finding {
      differences = List.copyOf(differences);
    }
  }

  /** Whether a topic is on the broker. */
  public enum State {
    CREATED,
    EXISTS,
    MISSING
  }

  /**
   * Creates the topics that are missing and compares the others with the contract.
   *
   * @throws KafkaException if the broker refuses or does not answer
   */
  public List<Finding> create(Topics topics) {
    return create(topics.all());
  }

  /**
   * Creates those of {@code topics} that are missing and compares the others with the contract.
   *
   * @throws KafkaException if the broker refuses or does not answer
   */
  public List<Finding> create(List<Topic> topics) {
    List<Finding> findings = new ArrayList<>();
    boolean raced = false;
    for (Finding finding : describe(topics)) {
      if (finding.state() != State.MISSING) {
        findings.add(finding);
      } else if (create(finding.topic())) {
        findings.add(new Finding(finding.topic(), State.CREATED, List.of()));
      } else {
        raced = true;
      }
    }
    return raced ? describe(topics) : findings;
  }

  /**
   * Compares the topics on the broker with the contract.
   *
   * @throws KafkaException if the broker does not answer
   */
  public List<Finding> describe(Topics topics) {
    return describe(topics.all());
  }

  /**
   * Compares those of {@code topics} that are on the broker with the contract.
   *
   * @throws KafkaException if the broker does not answer
   */
  public List<Finding> describe(List<Topic> topics) {
    try {
      Set<String> names = admin.listTopics().names().get();
      List<Topic> present = topics.stream().filter(topic -> names.contains(topic.name())).toList();
      Map<String, TopicDescription> descriptions =
          admin.describeTopics(present.stream().map(Topic::name).toList()).allTopicNames().get();
      Map<ConfigResource, Config> configs =
          admin.describeConfigs(present.stream().map(TopicAdmin::resource).toList()).all().get();
      List<Finding> findings = new ArrayList<>();
      for (Topic topic : topics) {
        TopicDescription description = descriptions.get(topic.name());
        findings.add(
            description == null
                ? new Finding(topic, State.MISSING, List.of())
                : compare(topic, description, requireNonNull(configs.get(resource(topic)))));
      }
      return findings;
    } catch (ExecutionException e) {
      throw kafkaException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Returns the number of partitions of each of {@code topics} that is there; unlike {@link
   * #describe} it needs no more than the right to describe them.
   *
   * @throws TopicAuthorizationException if one may not be described
   * @throws KafkaException if the broker does not answer
   */
  public Map<String, Integer> partitions(List<Topic> topics) {
    Map<String, Integer> partitions = new TreeMap<>();
    Set<String> denied = new TreeSet<>();
    List<String> names = topics.stream().map(Topic::name).toList();
    for (var answer : admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        partitions.put(answer.getKey(), answer.getValue().get().partitions().size());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TopicAuthorizationException) {
          denied.add(answer.getKey());
        } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw kafkaException(e);
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    if (!denied.isEmpty()) { // the broker does not even tell whether they are there
      throw new TopicAuthorizationException(
          "not authorized to use topics %s: grant what './emotion topics acls' lists"
              .formatted(denied),
          denied);
    }
    return partitions;
  }

  /**
   * Does as {@link #partitions(List)}, and asks again while topics are missing: one that was just
   * created takes a moment until every broker knows of it.
   *
   * @param patience for how long
   * @throws TopicAuthorizationException if one may not be described
   * @throws KafkaException if the broker does not answer
   */
  public Map<String, Integer> partitions(List<Topic> topics, Duration patience) {
    long start = System.nanoTime();
    Map<String, Integer> partitions = partitions(topics);
    while (partitions.size() < topics.size() && System.nanoTime() - start < patience.toNanos()) {
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      partitions = partitions(topics);
    }
    return partitions;
  }

  /** Returns whether it was this call that created the topic. */
  private boolean create(Topic topic) {
    try {
      admin.createTopics(List.of(topic.toNewTopic())).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) { // another process was faster
        return false;
      }
      throw kafkaException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Finding compare(Topic topic, TopicDescription description, Config config) {
    List<String> differences = new ArrayList<>();
    int partitions = description.partitions().size();
    if (partitions != topic.partitions()) {
      differences.add("partitions is %d, expected %d".formatted(partitions, topic.partitions()));
    }
    int copies = description.partitions().get(0).replicas().size();
    if (topic.replicationFactor() != -1 && copies != topic.replicationFactor()) {
      differences.add(
          "replication factor is %d, expected %d".formatted(copies, topic.replicationFactor()));
    }
    topic
        .requiredSettings()
        .forEach(
            (name, expected) -> {
              String actual =
                  Optional.ofNullable(config.get(name)).map(ConfigEntry::value).orElse("unset");
              if (!expected.equals(actual)) {
                differences.add("%s is %s, expected %s".formatted(name, actual, expected));
              }
            });
    return new Finding(topic, State.EXISTS, differences);
  }

  private static ConfigResource resource(Topic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static KafkaException kafkaException(ExecutionException e) {
    return e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
  }

  private static KafkaException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new InterruptException(e);
  }
}
