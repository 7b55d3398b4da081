// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigVariablesTest {
  @TempDir Path directory;

  @Test
  void readsSecretsFromFilesAndTheEnvironment() throws IOException {
    Path properties = Files.writeString(directory.resolve("s.properties"), "password=of-file\n");
    Files.writeString(directory.resolve("user"), "of-directory");

    Map<String, Object> resolved =
        ConfigVariables.resolve(
            Map.of(
                "bootstrap.servers", "kafka:9093",
                "sasl.jaas.config",
                    "username=\"${directory:%s:user}\" password=\"${file:%s:password}\""
                        .formatted(directory, properties),
                "client.id", "${env:PATH}"));

    assertThat(resolved)
        .containsOnly(
            Map.entry("bootstrap.servers", "kafka:9093"),
            Map.entry("sasl.jaas.config", "username=\"of-directory\" password=\"of-file\""),
            Map.entry("client.id", System.getenv("PATH")));
  }

  @Test
  void leavesSettingsWithoutVariablesAlone() {
    Map<String, Object> settings = Map.of("ssl.keystore.password", "pa$$w{o}rd", "linger.ms", 3);

    assertThat(ConfigVariables.resolve(settings)).isSameAs(settings);
  }

  @Test
  void namesTheFileThatIsMissing() {
    Path missing = directory.resolve("none.properties");

    assertThatThrownBy(
            () -> ConfigVariables.resolve(Map.of("sasl.jaas.config", "${file:" + missing + ":a}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void namesTheProviderThatIsMissing() {
    assertThatThrownBy(() -> ConfigVariables.resolve(Map.of("ssl.key.password", "${vault:a:b}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "kafka.ssl.key.password: nothing is found for ${vault:a:b}; check its name, and that"
                + " this user may read it");
  }
}
