// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.ingest.source.Secrets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Logs, once at start, what a command really runs with; secrets are masked. */
final class EffectiveConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger("Configuration");
  private static final String MASK = "********";
  private static final Pattern SECRET_KEY =
      Pattern.compile("password|secret|jaas|token|credential|user\\.info|private.?key|\\.key$");
  // The password of a URL ends at the last @ before a space or a query, for it may hold one itself.
  private static final Pattern SECRET_IN_URL =
      Pattern.compile("(://[^\\s:?@]*:)[^\\s?]*@|((?:password|secret|token)=)[^&;\\s]*");

  private EffectiveConfiguration() {}

  static void log(ParseResult parsed, Settings settings) {
    ParseResult leaf = parsed;
    while (leaf.hasSubcommand()) {
      leaf = leaf.subcommand();
    }
    if (!leaf.isUsageHelpRequested() && !leaf.isVersionHelpRequested()) {
      LOG.info("{}: {}", leaf.commandSpec().name(), describe(leaf, settings));
    }
  }

  private static String describe(ParseResult leaf, Settings settings) {
    Map<String, String> values = new TreeMap<>();
    if (leaf.commandSpec().findOption("--kafka") != null) {
      settings.kafka().forEach((name, value) -> putKafka(values, name, value));
    }
    for (OptionSpec option : leaf.commandSpec().options()) {
      Object value = option.getValue();
      if (value instanceof Map<?, ?> raw) { // --kafka
        raw.forEach((name, setting) -> putKafka(values, name.toString(), setting.toString()));
      } else if (value != null && !option.usageHelp() && !option.versionHelp()) {
        String name = Settings.settingName(option);
        values.put(name, mask(name, Objects.toString(value)));
      }
    }
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static void putKafka(Map<String, String> values, String name, String value) {
    values.put("kafka." + name, mask(name, value));
  }

  /** Returns {@code value}, or what of it may be shown. */
  static String mask(String name, String value) {
    if (value.isEmpty()) {
      return value;
    }
    boolean namesFile = name.endsWith("-file"); // that holds the secret
    if (!namesFile && SECRET_KEY.matcher(name.toLowerCase(Locale.ROOT)).find()) {
      return MASK;
    }
    if (name.equals("source")) {
      return Secrets.mask(value);
    }
    return SECRET_IN_URL
        .matcher(value)
        .replaceAll(
            match -> match.group(1) != null ? match.group(1) + MASK + "@" : match.group(2) + MASK);
  }
}
