// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command line; options here hold for every command. */
@Command(
    name = "emotion",
    description = "Turns camera streams into emotion analytics on Kafka.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = EmotionCommand.Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    subcommands = {
      DemoCommand.class,
      TopicsCommand.class,
      IngestCommand.class,
      CamerasCommand.class,
      ClassifyCommand.class,
      ModelCommand.class,
      SinkCommand.class,
      DashboardCommand.class,
      JsonCommand.class,
      DatabaseCommand.class,
      ExploreCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ModelCardCommand.class,
      PredictCommand.class,
      ExportCommand.class,
      SyntheticFacesCommand.class,
      MeasureDetectionCommand.class,
      BenchCommand.class,
      TestCommand.class,
      PackageCommand.class
    },
    footer = {
      "",
      "A setting comes from its flag, else from the environment (--jdbc-url is EMOTION_JDBC_URL),"
          + " else from the --config file (jdbc-url=...), else from its default."
    })
final class EmotionCommand {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file in properties format (docs/CONFIGURATION.md).",
      scope = ScopeType.INHERIT)
  @Nullable String config;

  @Option(
      names = "--verbose",
      description = "Log more, and show the stack trace of an error.",
      scope = ScopeType.INHERIT)
  boolean verbose;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "How the log is written, one of ${COMPLETION-CANDIDATES} (default: text).",
      scope = ScopeType.INHERIT)
  LogFormat logFormat = LogFormat.TEXT;

  @Nullable Settings settings;

  Settings settings() {
    return requireNonNull(settings, "settings are loaded before a command runs");
  }

  /** Returns the release, such as {@code 0.1.0}. */
  static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = EmotionCommand.class.getResourceAsStream("version.properties")) {
      properties.load(requireNonNull(in, "version.properties is on the class path"));
    }
    return properties.getProperty("version", "unknown");
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      return new String[] {
        "Emotion Stream " + version(),
        "Java " + System.getProperty("java.version") + " on " + System.getProperty("os.name")
      };
    }
  }
}
