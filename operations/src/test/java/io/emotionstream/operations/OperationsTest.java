// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OperationsTest {
  @AutoClose private final Operations operations = new Operations("test", "1.2");

  @Test
  void showsTheJvmAndWhatThisIs() {
    assertThat(metrics())
        .contains("emotion_build_info{stage=\"test\",version=\"1.2\"} 1.0\n")
        .contains("\njvm_memory_used_bytes{")
        .contains("\nprocess_cpu_usage ")
        .contains("\nprocess_uptime_seconds ");
  }

  @Test
  void readsSourcesAnewEachTimeAndJoinsTheirFamilies() {
    AtomicReference<String> camera = new AtomicReference<>("lobby");
    operations.metrics(
        families ->
            families.counter("faces_total", "Faces.", 3, "camera", requireNonNull(camera.get())));
    operations.metrics(families -> families.counter("faces_total", "Faces.", 4, "camera", "x\"y"));
    operations.metrics(families -> families.gauge("waiting", "Waiting.", 0.5));

    assertThat(metrics())
        .containsOnlyOnce("# TYPE faces_total counter\n")
        .contains("faces_total{camera=\"lobby\"} 3.0\n")
        .contains("faces_total{camera=\"x\\\"y\"} 4.0\n")
        .contains("# HELP waiting Waiting.\n# TYPE waiting gauge\nwaiting 0.5\n");

    camera.set("door");
    assertThat(metrics()).contains("camera=\"door\"").doesNotContain("camera=\"lobby\"");
  }

  @Test
  void refusesACounterThatIsNotNamedLikeOne() {
    assertThatThrownBy(() -> new MetricFamilies().counter("faces", "", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("counter faces must end with _total");
  }

  @Test
  void isReadyWithoutAProblemAndSaysWhichOneThereIs() {
    AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    operations.ready("database", () -> requireNonNull(problem.get()));
    operations.ready("kafka", Optional::empty);
    assertThat(page(Operations.READY).status()).isEqualTo(200);
    assertThat(metrics()).contains("emotion_ready{check=\"database\"} 1.0\n");

    problem.set(Optional.of("no \"route\""));

    assertThat(page(Operations.READY).status()).isEqualTo(503);
    assertThat(body(page(Operations.READY)))
        .isEqualTo(
            "{\"status\":\"down\",\"checks\":{\"database\":{\"status\":\"down\","
                + "\"reason\":\"no \\\"route\\\"\"},\"kafka\":{\"status\":\"up\"}}}");
    assertThat(metrics()).contains("emotion_ready{check=\"database\"} 0.0\n");
    assertThat(page(Operations.LIVE).status()).as("a restart would not mend it").isEqualTo(200);
  }

  @Test
  void answersOverHttp() throws Exception {
    operations.live("stage", () -> Optional.of("has stopped"));
    Pages broken =
        path -> {
          throw new IllegalStateException("broken");
        };
    try (OperationsServer server =
        new OperationsServer("127.0.0.1", 0, List.of(operations, only("/other"), broken))) {
      assertThat(get(server, "/metrics").headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(503);
      assertThat(get(server, "/other").body()).isEqualTo("there");
      assertThat(get(server, "/metrics/more").statusCode()).as("a page that fails").isEqualTo(500);
      assertThat(send(server, "/health/live", "HEAD").statusCode()).isEqualTo(503);
      assertThat(send(server, "/health/live", "DELETE").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void saysWhichPortIsTaken() throws IOException {
    try (OperationsServer server = new OperationsServer("127.0.0.1", 0, List.of(operations))) {
      assertThatThrownBy(() -> new OperationsServer("127.0.0.1", server.port(), List.of()))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot listen at 127.0.0.1:" + server.port())
          .hasMessageEndingWith("choose another port");
      assertThat(operations.page("/nothing")).isEmpty();
    }
  }

  private String metrics() {
    return body(page(Operations.METRICS));
  }

  private Page page(String path) {
    return operations.page(path).orElseThrow();
  }

  private static String body(Page page) {
    return new String(page.body(), UTF_8);
  }

  private static Pages only(String path) {
    return asked ->
        asked.equals(path) ? Optional.of(Page.text("text/plain", "there")) : Optional.empty();
  }

  private static HttpResponse<String> get(OperationsServer server, String path) throws Exception {
    return send(server, path, "GET");
  }

  private static HttpResponse<String> send(OperationsServer server, String path, String method)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
