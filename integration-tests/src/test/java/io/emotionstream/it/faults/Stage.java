// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One stage of the pipeline in a process of its own, as in production. */
public final class Stage implements AutoCloseable {
  private static final Duration END_LIMIT = Duration.ofMinutes(4);
  private static final int SHOWN_LINES = 15;

  private final String name;
  private final Process process;
  private final Path log;

  private Stage(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts {@code main}; returns at once.
   *
   * @param directory where its output goes, into {@code name.log}
   */
  public static Stage start(String name, Path directory, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().put("OMP_NUM_THREADS", "1");
    try {
      Process process = builder.start();
      // It would go on looking for its brokers if this process was stopped.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Stage(name, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isSink() {
    return name.equals("sink");
  }

  /** Ends it as {@code kill -9} does: it gets to do nothing any more. */
  void kill() {
    requireAlive();
    process.destroyForcibly().onExit().join();
  }

  /** Makes it stand still, as {@code kill -STOP} does: what it has written stays as it is. */
  void freeze() {
    signal("STOP");
  }

  /** Lets it go on after {@link #freeze}. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String signal) {
    requireAlive();
    try {
      int exit =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            "kill -%s of %s ended with %d".formatted(signal, name, exit));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " gets a signal", e);
    }
  }

  /** Asks it to end, as {@code kill} does, and waits until it has. */
  public void stop() {
    requireAlive();
    process.destroy();
    int exit = awaitEnd();
    if (exit != 0) {
      throw new IllegalStateException("%s ended with %d: %s".formatted(name, exit, lastLines()));
    }
  }

  /** Waits until it has ended and returns its exit code. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "%s does not end within %s: %s".formatted(name, END_LIMIT, lastLines()));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " stops", e);
    }
  }

  /** Fails, with what it said last, unless it runs. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "%s ended by itself with %d: %s".formatted(name, process.exitValue(), lastLines()));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** Returns what it said last. */
  public String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    } catch (IOException e) {
      return log + " cannot be read: " + e.getMessage();
    }
  }
}
