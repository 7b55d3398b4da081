// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.launcher.demo.Demo;
import io.emotionstream.launcher.demo.DemoConfig;
import io.emotionstream.launcher.demo.DemoSummary;
import io.emotionstream.launcher.demo.PageChoice;
import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole pipeline in this process and says whether its books balance. */
@Command(
    name = "demo",
    description = {
      "Run the whole pipeline in one process, on an embedded Kafka broker and PostgreSQL.",
      "It ends with --duration, with its sources, or with Ctrl-C, and drains first; it fails if any"
          + " face is not accounted for."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin private SourceOptions sources = new SourceOptions();
  @Mixin private ClassifierOptions classifier = new ClassifierOptions();
  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      description = "How long the cameras run (default: until their sources end).")
  private @Nullable Duration duration;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keep broker and database here (default: a temporary folder, deleted).")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Port of the dashboard on this machine (default: 8080, or the next that is free); 0 for"
              + " any that is free.")
  private @Nullable Integer port;

  @Option(names = "--no-dashboard", description = "Show no web page.")
  private boolean noDashboard;

  @Option(
      names = "--summary",
      paramLabel = "FILE.json",
      description = "Write the summary here as well.")
  private @Nullable Path summaryFile;

  @Override
  public Integer call() throws Exception {
    ModelBundle bundle = model.load();
    DemoConfig config =
        new DemoConfig(
            sources.toConfig(),
            classifier.toConfig(),
            Optional.ofNullable(duration),
            Optional.ofNullable(dataDirectory),
            Boolean.getBoolean("emotion.terminal"),
            page(bundle));
    checkSummaryFile();
    DemoSummary summary = new Demo(config, bundle, System.out, StopSignal.install()).run();
    List<String> imbalances = summary.imbalances();
    System.out.print(summary.toText());
    System.out.println(imbalances.isEmpty() ? "The books balance." : "The books do NOT balance:");
    imbalances.forEach(imbalance -> System.out.println("  " + imbalance));
    if (summaryFile != null) {
      summary.write(summaryFile);
    }
    return imbalances.isEmpty() ? 0 : 1;
  }

  private Optional<PageChoice> page(ModelBundle bundle) throws IOException {
    return noDashboard
        ? Optional.empty()
        : Optional.of(
            new PageChoice(
                EmotionCommand.version(),
                Optional.ofNullable(port),
                MeasuredModels.of(bundle, List.of())));
  }

  /** Tells before the run, not after it, that the summary cannot be written. */
  private void checkSummaryFile() {
    if (summaryFile != null) {
      Path parent = summaryFile.toAbsolutePath().getParent();
      if (parent == null || !Files.isDirectory(parent)) {
        throw new IllegalArgumentException(
            "--summary %s: there is no folder %s, make it first".formatted(summaryFile, parent));
      }
    }
  }
}
