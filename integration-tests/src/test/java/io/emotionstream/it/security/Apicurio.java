// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Apicurio Registry in a process of its own, from its distribution on Maven Central, which
 * is fetched once (104 MB): as a file, for its parent's pom is not there, without which Maven does
 * not copy it. It keeps its schemas in memory.
 */
final class Apicurio implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Apicurio.class);
  private static final String CENTRAL =
      "https://repo.maven.apache.org/maven2/io/apicurio/apicurio-registry-app/3.0.9/";
  private static final String SHA_256 =
      "2b28181501a20cbf6efcd77f9b7153908fc01f3d3a7c32024c0bd9e1b04c8a43";
  private static final String FILE = "apicurio-registry-app-3.0.9-all.tar.gz";
  private static final Duration FETCH_LIMIT = Duration.ofMinutes(4);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final String url;

  private Apicurio(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it; aborts the test, loudly, where the distribution cannot be had. */
  static Apicurio start(Path directory) throws IOException {
    Path archive = archive();
    run(directory, Duration.ofMinutes(1), "tar", "xzf", archive.toString());
    int port = freePort();
    Path log = directory.resolve("apicurio.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                "apicurio-registry-app-3.0.9-runner.jar")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()));
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Apicurio registry = new Apicurio(process, "http://127.0.0.1:" + port + "/apis/ccompat/v7");
    await()
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("Apicurio ended: " + Files.readString(log));
              }
              return registry.answers();
            });
    return registry;
  }

  /** Returns the address of its Confluent-compatible API. */
  String url() {
    return url;
  }

  /** Returns what it answers to GET {@code path}. */
  String get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
        .body();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private boolean answers() {
    try {
      return get("/subjects").startsWith("[");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path archive() throws IOException {
    Path target = Files.createDirectories(Path.of("target", "apicurio").toAbsolutePath());
    Path archive = target.resolve(FILE);
    if (!Files.exists(archive)) {
      try {
        fetch(archive);
      } catch (IOException e) {
        log.warn("SKIPPED, no Apicurio Registry from Maven Central: {}", e.toString());
        abort("no Apicurio Registry from Maven Central: " + e);
      }
    }
    return archive;
  }

  private static void fetch(Path archive) throws IOException {
    Path part = archive.resolveSibling(FILE + ".part");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(CENTRAL + FILE)).timeout(FETCH_LIMIT).build();
    try {
      int status = HttpClient.newHttpClient().send(request, BodyHandlers.ofFile(part)).statusCode();
      String digest =
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(part)));
      if (status != 200 || !digest.equals(SHA_256)) {
        throw new IOException(
            "%s%s answered %d, SHA-256 %s".formatted(CENTRAL, FILE, status, digest));
      }
      Files.move(part, archive);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void run(Path directory, Duration limit, String... command) throws IOException {
    Path output = Files.createTempFile("emotion", ".log");
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("%s took longer than %s".formatted(command[0], limit));
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(command[0] + " failed: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
