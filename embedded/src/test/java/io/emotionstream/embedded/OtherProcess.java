// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;

/** A second JVM that runs a broker or a database until it is killed or its stdin ends. */
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
    Process process =
        new ProcessBuilder(
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
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(READY)) {
        return new OtherProcess(process, line.substring(READY.length()));
      }
    }
    throw new IOException("the other process ended before its " + what + " was ready");
  }

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[1]);
    boolean broker = args[0].equals("broker");
    String address =
        broker
            ? EmbeddedBroker.start(directory).bootstrapServers()
            : EmbeddedDatabase.start(directory).jdbcUrl();
    System.out.println(READY + address);
    int end = System.in.read();
    System.exit(end);
  }
}
