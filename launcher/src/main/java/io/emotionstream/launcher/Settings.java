// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where an option's value comes from when its flag is not given: the environment, else the settings
 * file, else the option's own default.
 *
 * <p>Option {@code --jdbc-url} is {@code jdbc-url} in the file and {@code EMOTION_JDBC_URL} in the
 * environment. A raw Kafka client setting such as {@code security.protocol} is {@code
 * kafka.security.protocol} in the file and {@code EMOTION_KAFKA_SECURITY_PROTOCOL} in the
 * environment.
 */
final class Settings implements IDefaultValueProvider {
  private static final String ENVIRONMENT_PREFIX = "EMOTION_";
  private static final String KAFKA_PREFIX = "kafka.";
  private static final String CONFIG_FLAG = "--config";
  private static final Set<String> FLAGS_ONLY = Set.of("help", "version", "config", "kafka");
  private static final Set<String> NO_SETTINGS =
      Set.of("EMOTION_CONFIG", "EMOTION_JAVA_OPTS", "EMOTION_NATIVE_CACHE");
  private static final Logger LOG = LoggerFactory.getLogger("Configuration");

  private final Map<String, String> file;
  private final Map<String, String> environment;

  private Settings(Map<String, String> file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /**
   * Reads the file that {@code --config} or {@code EMOTION_CONFIG} names, if any.
   *
   * @throws IllegalArgumentException if the file has a key that is no option of any command
   * @throws IOException if the file cannot be read
   */
  static Settings load(String[] args, Map<String, String> environment, CommandLine commandLine)
      throws IOException {
    String path = configPath(args, environment);
    Map<String, String> file = path == null ? Map.of() : read(Path.of(path));
    Set<String> known = optionNames(commandLine);
    for (String key : file.keySet()) {
      if (!key.startsWith(KAFKA_PREFIX) && !known.contains(key)) {
        throw new IllegalArgumentException(
            "%s: unknown setting '%s'; known are %s and %s*"
                .formatted(path, key, String.join(", ", known), KAFKA_PREFIX));
      }
    }
    return new Settings(file, environment);
  }

  /** A container's environment may hold more than settings, so what is unknown stops nothing. */
  void warnOfUnknown(CommandLine commandLine) {
    Set<String> names = new TreeSet<>(NO_SETTINGS);
    optionNames(commandLine).forEach(setting -> names.add(environmentName(setting)));
    for (String variable : environment.keySet()) {
      if (variable.startsWith(ENVIRONMENT_PREFIX)
          && !variable.startsWith(environmentName(KAFKA_PREFIX))
          && !names.contains(variable)) {
        LOG.warn("environment variable {} is no setting and is ignored", variable);
      }
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = settingName(option);
    if (FLAGS_ONLY.contains(name)) {
      return null;
    }
    String fromEnvironment = environment.get(environmentName(name));
    return fromEnvironment != null ? fromEnvironment : file.get(name);
  }

  /** Returns the raw Kafka client settings of file and environment. */
  Map<String, String> kafka() {
    Map<String, String> kafka = new TreeMap<>();
    file.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA_PREFIX)) {
            kafka.put(key.substring(KAFKA_PREFIX.length()), value);
          }
        });
    String prefix = environmentName(KAFKA_PREFIX);
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            String key = name.substring(prefix.length()).replace('_', '.').toLowerCase(Locale.ROOT);
            kafka.put(key, value);
          }
        });
    return kafka;
  }

  /** Returns the option's name as it stands in the file, such as {@code jdbc-url}. */
  static String settingName(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  private static String environmentName(String name) {
    return ENVIRONMENT_PREFIX + name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  private static @Nullable String configPath(String[] args, Map<String, String> environment) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(CONFIG_FLAG) && i + 1 < args.length) {
        return args[i + 1];
      }
      if (args[i].startsWith(CONFIG_FLAG + "=")) {
        return args[i].substring(CONFIG_FLAG.length() + 1);
      }
    }
    return environment.get(ENVIRONMENT_PREFIX + "CONFIG");
  }

  private static Map<String, String> read(Path path) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new IOException("no settings file " + path + " (" + CONFIG_FLAG + ")", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
    Map<String, String> values = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return values;
  }

  private static Set<String> optionNames(CommandLine commandLine) {
    Set<String> names = new TreeSet<>();
    for (OptionSpec option : commandLine.getCommandSpec().options()) {
      names.add(settingName(option));
    }
    for (CommandLine sub : commandLine.getSubcommands().values()) {
      names.addAll(optionNames(sub));
    }
    names.removeAll(FLAGS_ONLY);
    return names;
  }
}
