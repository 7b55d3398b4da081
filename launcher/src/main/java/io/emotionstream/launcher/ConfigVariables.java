// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Puts secrets into Kafka settings from where they are kept, by Kafka's own config providers:
 * {@code ${env:NAME}} is an environment variable, {@code ${file:/path:key}} an entry of a
 * properties file, {@code ${directory:/path:name}} the content of a file. These three need no
 * further settings; {@code config.providers} names others instead.
 *
 * <p>It is done once, before the clients are made, so that each of a stage's clients has the same
 * values and none needs the providers.
 */
final class ConfigVariables {
  private static final String PROVIDERS = "config.providers";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}:]+:[^}]*}");

  private ConfigVariables() {}

  /**
   * Returns {@code settings} with every variable replaced.
   *
   * @throws IllegalArgumentException if one stands for nothing, with the setting's name
   */
  static Map<String, Object> resolve(Map<String, Object> settings) {
    if (settings.values().stream().noneMatch(ConfigVariables::hasVariable)) {
      return settings;
    }
    Map<String, Object> resolved;
    try {
      AbstractConfig config =
          new AbstractConfig(new ConfigDef(), withDefaultProviders(settings), false);
      resolved = new HashMap<>(config.originals());
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "a Kafka setting takes its value from where there is none: " + e.getMessage(), e);
    }
    resolved.forEach(ConfigVariables::requireResolved);
    resolved.keySet().removeIf(name -> name.startsWith(PROVIDERS));
    return resolved;
  }

  private static Map<String, Object> withDefaultProviders(Map<String, Object> settings) {
    if (settings.containsKey(PROVIDERS)) {
      return settings;
    }
    Map<String, Object> all = new HashMap<>(settings);
    Map<String, Class<?>> providers =
        Map.of(
            "env", EnvVarConfigProvider.class,
            "file", FileConfigProvider.class,
            "directory", DirectoryConfigProvider.class);
    all.put(PROVIDERS, String.join(",", providers.keySet()));
    providers.forEach((name, type) -> all.put(PROVIDERS + "." + name + ".class", type.getName()));
    return all;
  }

  /** Kafka leaves what it cannot replace as it is. */
  private static void requireResolved(String name, Object value) {
    Matcher variable = VARIABLE.matcher(value.toString());
    if (variable.find()) {
      throw new IllegalArgumentException(
          "kafka.%s: nothing is found for %s; check its name, and that this user may read it"
              .formatted(name, variable.group()));
    }
  }

  private static boolean hasVariable(Object value) {
    return value instanceof String text && VARIABLE.matcher(text).find();
  }
}
