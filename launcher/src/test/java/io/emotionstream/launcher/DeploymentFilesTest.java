// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** What can be checked of {@code docker-compose.yml} where no Docker engine runs. */
class DeploymentFilesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> STAGES = Set.of("ingest", "classify", "sink");
  private static final Set<String> OURS = union(STAGES, Set.of("topics", "tables", "dashboard"));

  private final Map<String, Map<String, Object>> services = services();

  @Test
  void startsEveryPartAndKeepsTheirData() {
    assertThat(services.keySet()).containsAll(OURS).contains("kafka", "postgres");
    assertThat(services.get("kafka")).containsKeys("healthcheck", "volumes");
    assertThat(services.get("postgres")).containsKeys("healthcheck", "volumes");
  }

  /** The server that runs the scripts of a new database listens on its socket only. */
  @Test
  void looksAtTheDatabaseWhereItsClientsDo() {
    assertThat(String.valueOf(requireNonNull(services.get("postgres")).get("healthcheck")))
        .contains("pg_isready, --host=localhost");
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
  void everyStageTellsItsHealthWhereMetricsAreToBeFound() {
    for (String name : STAGES) {
      Map<String, Object> service = requireNonNull(services.get(name), name);
      String port = environment(service).get("EMOTION_METRICS_PORT");
      assertThat(String.valueOf(service.get("healthcheck")))
          .as(name)
          .contains("http://localhost:" + port + "/health/ready");
      assertThat(scraped()).as("scraped by Prometheus").contains(name + ":" + port);
    }
    assertThat(String.valueOf(requireNonNull(services.get("dashboard")).get("healthcheck")))
        .contains("http://localhost:8080/health/ready");
    assertThat(scraped()).contains("dashboard:8080");
  }

  @Test
  void ourContainersHaveNoRightsAndWriteOnlyWhereTheyMust() {
    for (String name : OURS) {
      Map<String, Object> service = requireNonNull(services.get(name), name);
      assertThat(service)
          .as(name)
          .containsEntry("read_only", true)
          .containsEntry("user", "10001:10001")
          .containsEntry("mem_limit", "${EMOTION_MEMORY:-2g}")
          .containsEntry("cap_drop", List.of("ALL"))
          .containsEntry("security_opt", List.of("no-new-privileges:true"));
      assertThat(String.valueOf(service.get("tmpfs")))
          .as("native libraries run from there")
          .contains("/tmp:exec");
      assertThat(String.valueOf(service.get("volumes"))).as(name).contains("/var/lib/emotion");
    }
  }

  @Test
  void mountsFilesThatExist() {
    List<String> mounted =
        services.values().stream()
            .map(service -> (List<?>) service.getOrDefault("volumes", List.of()))
            .flatMap(List::stream)
            .map(Object::toString)
            .filter(volume -> volume.startsWith("./"))
            .map(volume -> volume.replaceFirst(":.*", ""))
            .toList();

    assertThat(mounted).hasSizeGreaterThan(5);
    assertThat(mounted).allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
  }

  @Test
  void allThatSpeaksToKafkaUsesTheRegistryThatIsNamed() {
    for (String name : union(STAGES, Set.of("topics", "dashboard"))) {
      assertThat(environment(requireNonNull(services.get(name), name)))
          .as(name)
          .containsEntry("EMOTION_SCHEMA_REGISTRY", "${EMOTION_SCHEMA_REGISTRY:-}");
    }
  }

  @Test
  void registryAndMonitoringAreByProfile() {
    assertThat(services.get("apicurio")).containsEntry("profiles", List.of("registry"));
    assertThat(services.get("prometheus")).containsEntry("profiles", List.of("monitoring"));
    assertThat(services.get("grafana")).containsEntry("profiles", List.of("monitoring"));
  }

  @Test
  void grafanaIsToldWhatItsProvisioningAsksFor() throws IOException {
    String datasources =
        Files.readString(ROOT.resolve("deploy/grafana/provisioning/datasources/emotion.yml"));
    Set<String> asked =
        Pattern.compile("\\$\\{(\\w+)}")
            .matcher(datasources)
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toSet());

    assertThat(asked).isNotEmpty();
    assertThat(environment(requireNonNull(services.get("grafana"))).keySet()).containsAll(asked);
  }

  @Test
  void boardsAskDataSourcesThatAreProvisioned() throws IOException {
    String datasources =
        Files.readString(ROOT.resolve("deploy/grafana/provisioning/datasources/emotion.yml"));
    for (String name : List.of("analytics", "operations")) {
      JsonNode board =
          JsonMapper.builder()
              .build()
              .readTree(ROOT.resolve("deploy/grafana/boards/" + name + ".json").toFile());
      List<String> uids =
          board.findValues("datasource").stream()
              .filter(JsonNode::isObject)
              .map(source -> source.get("uid").asText())
              .distinct()
              .toList();
      assertThat(uids).as(name).isNotEmpty();
      assertThat(uids).allSatisfy(uid -> assertThat(datasources).contains("uid: " + uid + "\n"));
    }
  }

  /** Prometheus checks its own files where it is installed: Debian's package has the tool. */
  @Test
  void prometheusTakesItsFilesAndTheAlertsFireAsTheyShould() throws Exception {
    Path tool = promtool();
    assumeTrue(tool != null, "no promtool on the PATH: alert rules are not tried out");
    Path folder = ROOT.resolve("deploy/prometheus");

    for (String[] check :
        new String[][] {
          {"check", "config", "prometheus.yml"}, {"test", "rules", "alerts.test.yml"}
        }) {
      Process process =
          new ProcessBuilder(requireNonNull(tool).toString(), check[0], check[1], check[2])
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    }
  }

  private static @Nullable Path promtool() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory).resolve("promtool"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** Returns what Prometheus looks for, as {@code service:port}. */
  @SuppressWarnings("unchecked")
  private static Set<String> scraped() {
    try (Reader reader =
        Files.newBufferedReader(ROOT.resolve("deploy/prometheus/prometheus.yml"))) {
      Map<String, List<Map<String, List<Map<String, Object>>>>> config = new Yaml().load(reader);
      Set<String> scraped = new TreeSet<>();
      for (Map<String, List<Map<String, Object>>> job :
          requireNonNull(config.get("scrape_configs"))) {
        for (Map<String, Object> found : requireNonNull(job.get("dns_sd_configs"))) {
          for (Object name : (List<Object>) requireNonNull(found.get("names"))) {
            scraped.add(name + ":" + found.get("port"));
          }
        }
      }
      return scraped;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private static Set<String> union(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
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
