// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.emotionstream.ingest.health.CameraHealth;
import io.emotionstream.ingest.health.CameraPages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the cameras of a running {@code ingest} do. */
@Command(
    name = "cameras",
    description = "Show how the cameras of a running ingest do (its --metrics-port).")
final class CamerasCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int OK = 200;

  @Option(
      names = "--ingest-url",
      paramLabel = "URL",
      description = "Where that ingest shows its metrics (default: ${DEFAULT-VALUE}).")
  private URI ingestUrl = URI.create("http://localhost:9404");

  @Override
  public Integer call() throws Exception {
    System.out.print(table(read()));
    return 0;
  }

  private List<CameraHealth> read() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(ingestUrl.resolve(CameraPages.CAMERAS)).timeout(TIMEOUT).build();
    HttpResponse<byte[]> response;
    try {
      response =
          HttpClient.newBuilder()
              .connectTimeout(TIMEOUT)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IOException(
          "no ingest answers at %s (--ingest-url): start one with --metrics-port %d"
              .formatted(ingestUrl, Math.max(1, ingestUrl.getPort())),
          e);
    }
    if (response.statusCode() != OK) {
      throw new IOException(
          "%s answers %d, is it an ingest?".formatted(request.uri(), response.statusCode()));
    }
    return List.of(JSON.readValue(response.body(), CameraHealth[].class));
  }

  static String table(List<CameraHealth> cameras) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            "%-16s %-10s %6s %8s %8s %7s %7s %6s  %s%n",
            "camera",
            "state",
            "fps in",
            "searched",
            "faces",
            "tracks",
            "reconn.",
            "age s",
            "dropped, last error"));
    for (CameraHealth camera : cameras) {
      Double age = camera.lastFrameAgeSeconds();
      table.append(
          String.format(
              Locale.ROOT,
              "%-16.16s %-10s %6.1f %8.1f %8d %7d %7d %6s  %s%n",
              camera.id(),
              camera.state().name().toLowerCase(Locale.ROOT),
              camera.fpsIn(),
              camera.fpsDetected(),
              camera.faces(),
              camera.tracks(),
              camera.reconnects(),
              age == null ? "-" : String.format(Locale.ROOT, "%.1f", age),
              notes(camera)));
    }
    return table.toString();
  }

  private static String notes(CameraHealth camera) {
    String dropped =
        camera.dropped().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    return (dropped + " " + camera.lastError()).strip();
  }
}
