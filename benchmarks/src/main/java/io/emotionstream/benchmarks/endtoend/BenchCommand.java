// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.model.BundleManifest;
import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./emotion bench}: exit code 0, 1 for a failed run, 2 for wrong usage. */
@Command(
    name = "emotion bench",
    description = "Measure what the pipeline costs beside the bare network, on this machine.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true)
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "For bench.json, bench.png and logs.",
      required = true)
  private Path out;

  @Option(
      names = "--quick",
      description = "Shorter runs: less than five minutes on two cores, otherwise half an hour.")
  private boolean quick;

  @Option(
      names = "--memory-minutes",
      paramLabel = "N",
      description =
          "How long memory is watched, unless --quick is given; 0 for not at all (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private int memoryMinutes;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Stream threads (default: half the cores, as classify has it).")
  private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the drawn faces (default: ${DEFAULT-VALUE}).",
      defaultValue = "42")
  private long seed;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Model bundle (default: the one that comes with this product).")
  private @Nullable Path model;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description =
          "Also write the report as a page, with a chart beside it, such as docs/PERFORMANCE.md.")
  private @Nullable Path markdown;

  @Option(
      names = "--render",
      description = "Measure nothing: show DIR/bench.json again, and write chart and page anew.")
  private boolean render;

  @Option(
      names = "--profile",
      description = "Also write DIR/classifier.jfr, a flight recording; costs some speed.")
  private boolean profile;

  @Option(names = "--smallest", description = "For tests.", hidden = true)
  private boolean smallest;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  BenchCommand() {}

  /** Runs the command line and exits. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new BenchCommand())
        .setParameterExceptionHandler(BenchCommand::wrongUsage)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("emotion: " + e.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(args);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    e.getCommandLine()
        .getErr()
        .printf("emotion: %s (try 'emotion bench --help')%n", e.getMessage());
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (threads < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads must be at least 1, was " + threads);
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new IOException(out + " is no folder");
    }
    Path json = out.resolve(BenchReport.FILE);
    BenchReport report;
    if (render) {
      report = BenchReport.read(json);
    } else {
      report = measure();
      report.write(json);
    }
    ReportChart.write(report, out.resolve("bench.png"));
    if (markdown != null) {
      writePage(report, markdown);
    }
    System.out.println();
    System.out.print(ReportTable.of(report));
    System.out.printf("%nAll figures: %s, chart: %s%n", json, out.resolve("bench.png"));
    return CommandLine.ExitCode.OK;
  }

  private static void writePage(BenchReport report, Path page) throws IOException {
    String name = page.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String chart = (dot > 0 ? name.substring(0, dot) : name) + ".png";
    ReportChart.write(report, page.resolveSibling(chart));
    Files.writeString(page, ReportPage.of(report, chart), StandardCharsets.UTF_8);
  }

  private BenchReport measure() throws IOException, InterruptedException {
    ModelBundle bundle = model == null ? ModelBundle.shipped() : ModelBundle.load(model);
    BundleManifest manifest = bundle.manifest();
    RunInfo info =
        RunInfo.of(
            "./emotion bench "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs()),
            seed,
            bundle.modelId(),
            manifest.network(),
            manifest.multiplyAdds(),
            String.join(" ", Laboratory.WORKER_OPTIONS));
    Plan plan = smallest ? Plan.smallest() : quick ? Plan.quick() : Plan.full(memory());
    Optional<Path> recording =
        profile ? Optional.of(out.resolve("classifier.jfr")) : Optional.empty();
    try (Laboratory laboratory =
        Laboratory.open(out, seed, Optional.ofNullable(model), recording)) {
      return Bench.run(plan, threads, seed, info, laboratory, System.out);
    }
  }

  private Duration memory() {
    if (memoryMinutes < 0) {
      throw new IllegalArgumentException(
          "--memory-minutes must not be negative, was " + memoryMinutes);
    }
    return Duration.ofMinutes(memoryMinutes);
  }
}
