// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.NullMarked;

/**
 * What a principal may do with one resource of the broker, from any host.
 *
 * @param type kind of resource
 * @param pattern whether {@code name} is the whole name or how it begins
 * @param name of the resource
 * @param operations at least one; as everywhere in Kafka, READ and WRITE imply DESCRIBE
 */
@NullMarked
public record Right(
    ResourceType type, PatternType pattern, String name, Set<AclOperation> operations) {
  private static final String ANY_HOST = "*";

  public Right {
    if (name.isBlank() || operations.isEmpty()) {
      throw new IllegalArgumentException(
          "a right needs a resource and an operation, had '%s' and %s".formatted(name, operations));
    }
    operations = Set.copyOf(operations);
  }

  static Right topic(String name, AclOperation first, AclOperation... others) {
    return new Right(ResourceType.TOPIC, PatternType.LITERAL, name, EnumSet.of(first, others));
  }

  static Right group(String name) {
    return new Right(ResourceType.GROUP, PatternType.LITERAL, name, EnumSet.of(AclOperation.READ));
  }

  /** Returns this right as the broker stores it: one binding for each operation, in order. */
  public List<AclBinding> bindings(String principal) {
    ResourcePattern resource = new ResourcePattern(type, name, pattern);
    return operations.stream()
        .sorted()
        .map(
            operation ->
                new AclBinding(
                    resource,
                    new AccessControlEntry(
                        principal, ANY_HOST, operation, AclPermissionType.ALLOW)))
        .toList();
  }

  @Override
  public String toString() {
    return "%s on %s %s%s"
        .formatted(
            operations.stream().sorted().toList(),
            type.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            name,
            pattern == PatternType.PREFIXED ? "*" : "");
  }
}
