// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.NullMarked;

/**
 * The rights that each {@link Role} needs on the broker, and no more: the one place of them. An
 * integration test runs the pipeline with exactly these, and sees it fail without any of them.
 *
 * @param topics where the installation's records are
 * @param applicationId {@code application.id} of the classifiers: their group, and how their
 *     transactions and changelogs are named
 * @param sinkGroup {@code group.id} of the sinks
 * @param jsonId {@code application.id} of the copies in JSON
 */
@NullMarked
public record AccessRights(Topics topics, String applicationId, String sinkGroup, String jsonId) {
  public static final String DEFAULT_APPLICATION_ID = "emotion-classifier";
  public static final String DEFAULT_SINK_GROUP = "emotion-sink";
  public static final String DEFAULT_JSON_ID = "emotion-json";

  /** Returns what a principal of {@code role} may do. */
  public List<Right> of(Role role) {
    return switch (role) {
      case TOPICS ->
          Stream.concat(topics.all().stream(), topics.json().stream())
              .map(topic -> Right.topic(topic.name(), CREATE, DESCRIBE, DESCRIBE_CONFIGS))
              .toList();
      case INGEST -> List.of(Right.topic(topics.faceFrames().name(), WRITE));
      case CLASSIFY -> classify();
      case MODEL -> List.of(Right.topic(topics.models().name(), WRITE));
      case SINK -> with(List.of(Right.group(sinkGroup)), READ, results());
      case JSON -> json();
      case DASHBOARD -> with(List.of(), READ, results());
    };
  }

  private List<Right> classify() {
    List<Right> rights =
        List.of(
            Right.group(applicationId),
            startingWith(ResourceType.TRANSACTIONAL_ID, applicationId + "-", EnumSet.of(WRITE)),
            // Changelogs of its stores.
            startingWith(ResourceType.TOPIC, applicationId + "-", EnumSet.of(CREATE, READ, WRITE)),
            Right.topic(topics.faceFrames().name(), READ),
            Right.topic(topics.models().name(), READ));
    return with(rights, WRITE, Stream.concat(results(), Stream.of(topics.deadLetters())));
  }

  private List<Right> json() {
    List<Right> rights =
        List.of(
            Right.group(jsonId),
            startingWith(ResourceType.TRANSACTIONAL_ID, jsonId + "-", EnumSet.of(WRITE)));
    return with(with(rights, READ, results()), WRITE, topics.json().stream());
  }

  private Stream<Topic> results() {
    return Stream.of(topics.emotionEvents(), topics.lateEvents(), topics.distributions());
  }

  private static List<Right> with(List<Right> rights, AclOperation operation, Stream<Topic> on) {
    List<Right> all = new ArrayList<>(rights);
    on.forEach(topic -> all.add(Right.topic(topic.name(), operation)));
    return List.copyOf(all);
  }

  private static Right startingWith(ResourceType type, String name, EnumSet<AclOperation> may) {
    return new Right(type, PatternType.PREFIXED, name, may);
  }
}
