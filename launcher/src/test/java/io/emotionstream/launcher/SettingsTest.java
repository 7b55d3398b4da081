// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class SettingsTest {
  @TempDir Path directory;

  @Test
  void takesTheEnvironmentBeforeTheFileAndTheFileBeforeTheDefault() throws IOException {
    Path file = file("window=30s\ngrace=5s\n");

    Settings settings = load(Map.of("EMOTION_WINDOW", "1m"), "--config", file.toString());

    assertThat(settings.defaultValue(option("classify", "--window"))).isEqualTo("1m");
    assertThat(settings.defaultValue(option("classify", "--grace"))).isEqualTo("5s");
    assertThat(settings.defaultValue(option("classify", "--max-batch"))).isNull();
  }

  @Test
  void findsTheFileThroughTheEnvironment() throws IOException {
    Path file = file("jdbc-user=reader\n");

    Settings settings = load(Map.of("EMOTION_CONFIG", file.toString()), "sink");

    assertThat(settings.defaultValue(option("sink", "--jdbc-user"))).isEqualTo("reader");
  }

  @Test
  void passesRawKafkaSettingsThrough() throws IOException {
    Path file = file("kafka.security.protocol=SSL\nkafka.linger.ms=3\n");

    Settings settings =
        load(Map.of("EMOTION_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"), "--config=" + file, "sink");

    assertThat(settings.kafka())
        .containsExactly(Map.entry("linger.ms", "3"), Map.entry("security.protocol", "SASL_SSL"));
  }

  @Test
  void namesTheSettingThatNoCommandHas() throws IOException {
    Path file = file("windw=30s\n");

    assertThatThrownBy(() -> load(Map.of(), "--config", file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": unknown setting 'windw'; known are ")
        .hasMessageContaining("window");
  }

  @Test
  void saysThatTheFileIsMissing() {
    Path missing = directory.resolve("none.properties");

    assertThatThrownBy(() -> load(Map.of(), "--config", missing.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage("no settings file " + missing + " (--config)");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("emotion.properties"), content);
  }

  private static Settings load(Map<String, String> environment, String... args) throws IOException {
    return Settings.load(args, environment, new CommandLine(new EmotionCommand()));
  }

  private static OptionSpec option(String command, String name) {
    CommandLine sub = new CommandLine(new EmotionCommand()).getSubcommands().get(command);
    return requireNonNull(requireNonNull(sub, command).getCommandSpec().findOption(name), name);
  }
}
