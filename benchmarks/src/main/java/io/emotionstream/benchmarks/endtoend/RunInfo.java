// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where and how a report came about.
 *
 * @param commit of the source, with {@code +} if it was changed since, or {@code unknown}
 * @param loadBefore mean number of running threads in the minute before, -1 if unknown: a machine
 *     that does something else measures that too
 */
record RunInfo(
    String command,
    String startedAt,
    double minutes,
    long seed,
    String modelId,
    String network,
    long multiplyAdds,
    String commit,
    String processor,
    int cores,
    double memoryGigabytes,
    String system,
    String java,
    String workerOptions,
    double loadBefore) {

  static RunInfo of(
      String command,
      long seed,
      String modelId,
      String network,
      long multiplyAdds,
      String workerOptions) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new RunInfo(
        command,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        0,
        seed,
        modelId,
        network,
        multiplyAdds,
        findCommit(),
        findProcessor(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(system.getTotalMemorySize() / 1e8) / 10.0,
        "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
        "%s %s".formatted(System.getProperty("java.vm.name"), System.getProperty("java.version")),
        workerOptions,
        system.getSystemLoadAverage());
  }

  RunInfo took(double time) {
    return new RunInfo(
        command,
        startedAt,
        time,
        seed,
        modelId,
        network,
        multiplyAdds,
        commit,
        processor,
        cores,
        memoryGigabytes,
        system,
        java,
        workerOptions,
        loadBefore);
  }

  /** Returns what makes the figures doubtful, if anything. */
  Optional<String> warning() {
    return loadBefore > cores / 4.0
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "The machine was busy before the start (load average %.1f): not for publishing",
                loadBefore))
        : Optional.empty();
  }

  String machine() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %.1f GB, %s, %s",
        processor,
        cores,
        memoryGigabytes,
        system,
        java);
  }

  private static String findProcessor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) { // not Linux
      return "unknown processor";
    }
  }

  private static String findCommit() {
    String head = git("rev-parse", "--short=12", "HEAD");
    if (head.isEmpty()) {
      return "unknown";
    }
    return git("status", "--porcelain", "--untracked-files=no").isEmpty() ? head : head + "+";
  }

  private static String git(String... arguments) {
    String home = System.getProperty("emotion.home", ".");
    String[] command = new String[arguments.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = home;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    try {
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? output.strip() : "";
    } catch (IOException e) { // no git here
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
