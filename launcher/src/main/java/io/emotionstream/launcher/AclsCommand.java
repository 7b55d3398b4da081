// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.schemas.AccessRights;
import io.emotionstream.schemas.Right;
import io.emotionstream.schemas.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells, or grants, what each stage may do on a broker that asks. */
@Command(
    name = "acls",
    description = {
      "Print the ACLs that each stage needs, as commands of Kafka's own kafka-acls.sh; in its"
          + " file admin.properties stands how who may grant them logs in.",
      "A broker without an authorizer needs none."
    })
final class AclsCommand implements Callable<Integer> {
  /** How the broker and {@code kafka-acls.sh} spell principals. */
  private static final String USER = "User:";

  private static final Map<ResourceType, String> FLAGS =
      Map.of(
          ResourceType.TOPIC, "--topic",
          ResourceType.GROUP, "--group",
          ResourceType.TRANSACTIONAL_ID, "--transactional-id");

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Of ${COMPLETION-CANDIDATES}; may be repeated (default: all).")
  private List<Role> roles = List.of(Role.values());

  @Option(
      names = "--principal",
      paramLabel = "User:NAME",
      description = "Who is to act in that role (default: User:emotion-ROLE).")
  private @Nullable String principal;

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      description = "kafka.application.id of classify (default: ${DEFAULT-VALUE}).")
  private String applicationId = AccessRights.DEFAULT_APPLICATION_ID;

  @Option(
      names = "--sink-group",
      paramLabel = "ID",
      description = "kafka.group.id of sink (default: ${DEFAULT-VALUE}).")
  private String sinkGroup = AccessRights.DEFAULT_SINK_GROUP;

  @Option(
      names = "--json-id",
      paramLabel = "ID",
      description = "kafka.application.id of json-bridge (default: ${DEFAULT-VALUE}).")
  private String jsonId = AccessRights.DEFAULT_JSON_ID;

  @Option(names = "--apply", description = "Grant them, too, as a principal that may do so.")
  private boolean apply;

  @Override
  public Integer call() throws InterruptedException {
    AccessRights rights = new AccessRights(kafka.topics(), applicationId, sinkGroup, jsonId);
    Map<String, Object> settings = kafka.settings();
    for (Role role : roles) {
      String who = principal == null ? USER + "emotion-" + lower(role) : principal;
      System.out.printf("# %s: %s%n", lower(role), who);
      for (Right right : rights.of(role)) {
        System.out.println(command(right, who, String.valueOf(settings.get("bootstrap.servers"))));
      }
      if (apply) {
        grant(settings, rights.of(role), who);
        System.out.println("# granted");
      }
    }
    return 0;
  }

  private static void grant(Map<String, Object> settings, List<Right> rights, String who)
      throws InterruptedException {
    List<AclBinding> bindings =
        rights.stream().flatMap(right -> right.bindings(who).stream()).toList();
    try (Admin admin = Admin.create(settings)) {
      admin.createAcls(bindings).all().get();
    } catch (ExecutionException e) {
      throw refused(e.getCause(), settings.get("bootstrap.servers"));
    }
  }

  /** Says why nothing was granted; that rights are missing here is no matter of {@link Role}s. */
  private static RuntimeException refused(@Nullable Throwable cause, @Nullable Object brokers) {
    if (cause instanceof SecurityDisabledException) {
      return new IllegalStateException(
          ("the broker at %s has no authorizer: everybody may do everything, and it keeps no ACLs;"
                  + " its setting authorizer.class.name changes that")
              .formatted(brokers));
    }
    if (cause instanceof ClusterAuthorizationException) {
      return new IllegalStateException(
          ("whom this command logs in as at %s may not grant rights: it takes Alter on the"
                  + " cluster, or one of the broker's super.users")
              .formatted(brokers));
    }
    return cause instanceof TimeoutException timeout
        ? TopicsCommand.noAnswer(brokers, timeout)
        : new IllegalStateException("the broker at %s granted nothing".formatted(brokers), cause);
  }

  private static String command(Right right, String who, String bootstrapServers) {
    StringBuilder line = new StringBuilder("kafka-acls.sh --bootstrap-server ");
    line.append(bootstrapServers).append(" --command-config admin.properties --add");
    line.append(" --allow-principal '").append(who).append('\'');
    right.operations().stream()
        .sorted()
        .forEach(operation -> line.append(" --operation ").append(camelCase(operation)));
    line.append(' ').append(FLAGS.get(right.type())).append(" '").append(right.name()).append('\'');
    if (right.pattern() == PatternType.PREFIXED) {
      line.append(" --resource-pattern-type prefixed");
    }
    return line.toString();
  }

  /** Returns the operation as {@code kafka-acls.sh} spells it, such as {@code DescribeConfigs}. */
  private static String camelCase(AclOperation operation) {
    StringBuilder name = new StringBuilder();
    for (String word : operation.name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  private static String lower(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
