// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
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
    return commandLine
        .registerConverter(Duration.class, Durations::parse)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler(Main::failedRun)
        .setExecutionStrategy(Main::execute)
        .execute(args);
  }

  private static int execute(ParseResult parsed) {
    if (parsed.expandedArgs().isEmpty()) {
      parsed.commandSpec().commandLine().usage(System.out);
      return CommandLine.ExitCode.OK;
    }
    EmotionCommand root = (EmotionCommand) parsed.commandSpec().userObject();
    if (root.verbose) {
      Logging.verbose();
    }
    EffectiveConfiguration.log(parsed, root.settings());
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("emotion: " + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try 'emotion " + path(command) + "--help'.");
    }
    return CommandLine.ExitCode.USAGE;
  }

  private static int failedRun(Exception e, CommandLine command, ParseResult parsed) {
    EmotionCommand root = (EmotionCommand) command.getCommandSpec().root().userObject();
    command.getErr().println("emotion: " + oneLine(e));
    if (root.verbose) {
      e.printStackTrace(command.getErr());
    }
    // A setting that the record which holds it has refused.
    boolean wrongSetting = e instanceof IllegalArgumentException;
    return wrongSetting ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  private static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    Throwable cause = e.getCause();
    if (cause != null && cause.getMessage() != null && !message.contains(cause.getMessage())) {
      message += ": " + cause.getMessage();
    }
    return message.lines().findFirst().orElse(message);
  }

  private static String path(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    int space = name.indexOf(' ');
    return space < 0 ? "" : name.substring(space + 1) + " ";
  }
}
