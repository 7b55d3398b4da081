// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point: exit code 0, 1 for a failed run, 2 for wrong usage or wrong settings. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits. */
  public static void main(String[] args) {
    System.exit(run(args, System.getenv()));
  }

  static int run(String[] args, Map<String, String> environment) {
    EmotionCommand root = new EmotionCommand();
    CommandLine commandLine = new CommandLine(root);
    PrintWriter err = commandLine.getErr();
    try {
      Settings settings = Settings.load(args, environment, commandLine);
      root.settings = settings;
      commandLine.setDefaultValueProvider(settings);
    } catch (IOException | IllegalArgumentException e) {
      err.println("emotion: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    try {
      return execute(commandLine, args);
    } catch (LinkageError | OutOfMemoryError e) { // picocli hands over exceptions only
      err.println("emotion: " + e);
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static int execute(CommandLine commandLine, String[] args) {
    return withConverters(commandLine)
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler(Main::failedRun)
        .setExecutionStrategy(Main::execute)
        .execute(args);
  }

  /** Teaches {@code commandLine} the types of our options. */
  static CommandLine withConverters(CommandLine commandLine) {
    return commandLine
        .registerConverter(Duration.class, Durations::parse)
        .registerConverter(WindowOption.class, WindowOption::parse)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int execute(ParseResult parsed) {
    if (parsed.expandedArgs().isEmpty()) {
      parsed.commandSpec().commandLine().usage(System.out);
      return CommandLine.ExitCode.OK;
    }
    EmotionCommand root = (EmotionCommand) parsed.commandSpec().userObject();
    Logging.set(root.logFormat, root.verbose);
    root.settings().warnOfUnknown(parsed.commandSpec().commandLine());
    EffectiveConfiguration.log(parsed, root.settings());
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .printf("emotion: %s (try 'emotion %s--help')%n", withoutSecrets(e), path(command));
    return CommandLine.ExitCode.USAGE;
  }

  /** Returns what was wrong, without the values that may hold a password. */
  private static String withoutSecrets(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String unknown = unmatched.getUnmatched().get(0);
      return "unknown argument " + unknown.replaceFirst("=.*", "=...");
    }
    boolean rawKafka =
        e.getArgSpec() instanceof OptionSpec option && option.longestName().equals("--kafka");
    return rawKafka
        ? "--kafka needs KEY=VALUE, such as security.protocol=SSL"
        : EffectiveConfiguration.mask("", text(e));
  }

  private static int failedRun(Exception e, CommandLine command, ParseResult parsed) {
    EmotionCommand root = (EmotionCommand) command.getCommandSpec().root().userObject();
    String message = oneLine(e);
    String remedy =
        message.contains(KafkaRefusals.RIGHTS) // it says where to look already
            ? ""
            : KafkaRefusals.remedy(e).map(what -> "; " + what).orElse("");
    command.getErr().println("emotion: " + message + remedy);
    if (root.verbose) {
      e.printStackTrace(command.getErr());
    }
    // A setting that the record which holds it, or Kafka, has refused.
    boolean wrongSetting = e instanceof IllegalArgumentException || e instanceof ConfigException;
    return wrongSetting ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  /** Returns the message and, unless that says it already, its root cause's. */
  private static String oneLine(Throwable e) {
    String message = text(e);
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String cause = text(root);
    return message.contains(cause) ? message : message + ": " + cause;
  }

  static String text(Throwable e) {
    Optional<String> ofFile = FileFailures.words(e);
    String message = ofFile.isPresent() ? ofFile.get() : e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String path(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    int space = name.indexOf(' ');
    return space < 0 ? "" : name.substring(space + 1) + " ";
  }
}
