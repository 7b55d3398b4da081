// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** What can be checked of {@code docker-compose.yml} where no Docker engine runs. */
class DeploymentFilesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> OURS = Set.of("topics", "ingest", "classify", "sink");

  private final Map<String, Map<String, Object>> services = services();

  @Test
  void startsEveryPartAndKeepsTheirData() {
    assertThat(services.keySet()).containsAll(OURS).contains("kafka", "postgres");
    assertThat(services.get("kafka")).containsKeys("healthcheck", "volumes");
    assertThat(services.get("postgres")).containsKeys("healthcheck", "volumes");
  }

  @Test
  void pinsEveryImage() {
    for (Map<String, Object> service : services.values()) {
      assertThat((String) service.get("image")).contains(":").doesNotEndWith(":latest");
    }
  }

  @Test
  void holdsNoPassword() {
    services.forEach(
        (name, service) ->
            environment(service)
                .forEach(
                    (key, value) -> {
                      if (key.contains("PASSWORD")) {
                        assertThat(value).as(name + " " + key).startsWith("${").contains(":?");
                      }
                    }));
  }

  @Test
  void startsCommandsThatExistWithSettingsThatExist() {
    for (String name : OURS) {
      Map<String, Object> service = requireNonNull(services.get(name), name);
      List<?> command = (List<?>) requireNonNull(service.get("command"), name);
      String[] args = command.stream().map(Object::toString).toArray(String[]::new);
      CommandLine commandLine = Main.withConverters(new CommandLine(new EmotionCommand()));

      CommandLine.ParseResult leaf = commandLine.parseArgs(args);
      while (leaf.hasSubcommand()) {
        leaf = leaf.subcommand();
      }
      Set<String> known =
          leaf.commandSpec().options().stream()
              .map(Settings::settingName)
              .map(option -> "EMOTION_" + option.replace('-', '_').toUpperCase(Locale.ROOT))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(known).as(name).containsAll(environment(service).keySet());
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> environment(Map<String, Object> service) {
    return ((Map<String, Object>) service.getOrDefault("environment", Map.of()))
        .entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
  }

  private static Map<String, Map<String, Object>> services() {
    try (Reader reader = Files.newBufferedReader(ROOT.resolve("docker-compose.yml"))) {
      Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(reader);
      return requireNonNull(compose.get("services"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
