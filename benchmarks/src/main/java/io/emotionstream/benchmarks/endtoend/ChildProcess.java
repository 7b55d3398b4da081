// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that answers questions: one JSON line in, one out. It ends when its standard
 * input does, so it does not outlive this process. For use by one thread.
 */
final class ChildProcess implements AutoCloseable {
  /** Starts an answer: native libraries write to standard output as they please. */
  static final String ANSWER = "answer ";

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(40);
  private static final String END = "end";

  private final String name;
  private final Path log;
  private final Process process;
  private final BufferedWriter questions;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private ChildProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.questions =
        new BufferedWriter(
            new java.io.OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread reader = new Thread(this::read, name + "-answers");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts {@code main} on this JVM's class path.
   *
   * @param log where its standard error goes
   */
  static ChildProcess start(
      String name, Class<?> main, List<String> jvmOptions, List<String> arguments, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // A network for each thread, each with one native thread, as ./emotion sets it.
    builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
    builder.redirectError(log.toFile());
    return new ChildProcess(name, log, builder.start());
  }

  /**
   * Asks and waits for the answer.
   *
   * @throws IOException if the process ended, refused, or did not answer in time
   */
  <T> T ask(Object question, Class<T> answer, Duration timeout)
      throws IOException, InterruptedException {
    if (process.isAlive()) {
      questions.write(JSON.writeValueAsString(question));
      questions.newLine();
      questions.flush();
    }
    return answer(answer, timeout);
  }

  /** Waits for an answer to nothing: the first word of a process. */
  <T> T answer(Class<T> type, Duration timeout) throws IOException, InterruptedException {
    String line = answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw failed("did not answer within " + timeout.toSeconds() + " s");
    }
    if (line.equals(END)) {
      process.waitFor(1, TimeUnit.SECONDS);
      throw failed("ended" + (process.isAlive() ? "" : " with exit code " + process.exitValue()));
    }
    try {
      JsonNode node = JSON.readTree(line);
      JsonNode error = node.get("error");
      if (error != null) {
        throw failed("failed: " + error.asText());
      }
      return JSON.treeToValue(node.get("answer"), type);
    } catch (JacksonException e) {
      throw failed("answered " + line, e);
    }
  }

  /** Returns the CPU time the process has used so far, user and system, all threads. */
  Duration cpuTime() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Ends the process: in order, or by force if that takes longer than 40 s. */
  @Override
  public void close() {
    try {
      questions.close();
      if (!process.waitFor(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) { // it is gone already
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private IOException failed(String what) {
    return failed(what, null);
  }

  private IOException failed(String what, @org.jspecify.annotations.Nullable Throwable cause) {
    String message = "the %s process %s%s; its log is %s".formatted(name, what, lastWords(), log);
    return new IOException(message, cause);
  }

  private String lastWords() {
    try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
      Optional<String> last =
          lines
              .filter(line -> line.contains("ERROR") || line.contains("xception"))
              .reduce((a, b) -> b);
      return last.map(line -> " (" + line.strip() + ")").orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(ANSWER)) {
          answers.add(line.substring(ANSWER.length()));
        }
      }
    } catch (IOException e) {
      // closed with the process
    }
    answers.add(END);
  }
}
