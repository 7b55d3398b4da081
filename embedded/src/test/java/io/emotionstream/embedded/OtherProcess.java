// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;

/** A second JVM that holds a broker, a database or a lock until it is killed or its stdin ends. */
final class OtherProcess implements AutoCloseable {
  private static final String READY = "READY ";

  private final Process process;
  private final String address;

  private OtherProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  static OtherProcess withBroker(Path directory) throws IOException {
    return start("broker", directory);
  }

  static OtherProcess withDatabase(Path directory) throws IOException {
    return start("database", directory);
  }

  /** Returns when the process runs, long before its database does. */
  static OtherProcess beginningADatabase(Path directory) throws IOException {
    return new OtherProcess(process("database", directory), "");
  }

  /** Whether another process could take the lock of {@code directory} now. */
  static boolean canLock(Path directory) throws IOException {
    try (OtherProcess other = start("lock", directory)) {
      return Boolean.parseBoolean(other.address());
    }
  }

  /** Returns its bootstrap servers or JDBC address. */
  String address() {
    return address;
  }

  /** Kills it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  private static OtherProcess start(String what, Path directory) throws IOException {
    Process process = process(what, directory);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(READY)) {
        return new OtherProcess(process, line.substring(READY.length()));
      }
    }
    throw new IOException("the other process ended before its " + what + " was ready");
  }

  private static Process process(String what, Path directory) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                what,
                directory.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[1]);
    String address =
        switch (args[0]) {
          case "broker" -> EmbeddedBroker.start(directory).bootstrapServers();
          case "database" -> EmbeddedDatabase.start(directory).jdbcUrl();
          default -> Boolean.toString(takesLock(directory));
        };
    System.out.println(READY + address);
    int end = System.in.read();
    System.exit(end);
  }

  private static boolean takesLock(Path directory) throws IOException {
    try {
      DirectoryLock.take(directory);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
