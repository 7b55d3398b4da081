// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.emotionstream.dashboard.history.HistoryConfig;
import io.emotionstream.dashboard.web.TlsConfig;
import io.emotionstream.dashboard.web.WebConfig;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.TestCertificate;
import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask what, on a server whose Kafka is away: it answers all the same. */
class AccessTest {
  private static final String TOKEN = "0123456789abcdefXYZ=";
  private static final String PASSWORD = TestCertificate.PASSWORD;

  @TempDir private Path directory;

  @Test
  void servesThePageAndItsFilesWithHeadersThatLetNothingElseRun() throws IOException {
    try (Dashboard dashboard = started(plain())) {
      HttpResponse<String> page = TestClient.of(dashboard.address()).get("/?view=live&camera=a");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<html");
      assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(header(page, "Content-Security-Policy"))
          .contains("default-src 'self'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(page.headers().map()).doesNotContainKeys("Server", "server");

      HttpResponse<String> again =
          TestClient.of(dashboard.address()).get("/", "If-None-Match", header(page, "ETag"));
      assertThat(again.statusCode()).isEqualTo(304);
    }
  }

  @Test
  void answersWhatIsNotThereOrNotAllowedInJson() throws IOException {
    try (Dashboard dashboard = started(plain())) {
      TestClient client = TestClient.of(dashboard.address());

      assertThat(client.error("/api/nothing", 404).get("message").asText()).contains("openapi");
      for (String path :
          List.of(
              "/assets/", "/assets/nothing.js", "/assets/%2e%2e/index.html", "/assets/x.class")) {
        assertThat(client.get(path).statusCode()).as(path).isIn(400, 404);
      }
      HttpResponse<String> post = client.send("POST", "/api/cameras");
      assertThat(post.statusCode()).isEqualTo(405);
      assertThat(header(post, "Allow")).isEqualTo("GET, HEAD");
      assertThat(client.send("HEAD", "/api/cameras").statusCode()).isEqualTo(200);
      assertThat(statusLine(dashboard, "/api/cameras?query=%zz", "localhost")).contains(" 400 ");
    }
  }

  @Test
  void refusesBadParametersWithTheirNameAndARemedy() throws IOException {
    try (Dashboard dashboard = started(plain())) {
      TestClient client = TestClient.of(dashboard.address());

      JsonNode error = client.error("/api/cameras?limit=501", 400);
      assertThat(error.get("status").asInt()).isEqualTo(400);
      assertThat(error.get("parameter").asText()).isEqualTo("limit");
      assertThat(error.get("value").asText()).isEqualTo("501");
      assertThat(error.get("message").asText()).contains("from 1 to 500");
      for (String path :
          List.of(
              "/api/cameras?state=lost",
              "/api/cameras?sort=size",
              "/api/cameras?offset=-1",
              "/api/cameras?x=1",
              "/api/live?limit=101",
              "/api/live?camera=" + "a&camera=".repeat(100) + "a",
              "/api/history/cameras?limit=501",
              "/api/windows?limit=2001",
              "/api/windows?size=ten",
              "/api/windows?cursor=nonsense",
              "/api/windows?cursor=%21",
              "/api/windows?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
              "/api/windows.csv?limit=100001",
              "/api/windows.csv?cursor=x",
              "/api/distribution?resolution=2m",
              "/api/distribution?from=2000-01-01T00:00:00Z",
              "/api/distribution?resolution=10s&from=2026-01-01T00:00:00Z",
              "/api/meta?x=1")) {
        JsonNode refused = client.error(path, 400);
        assertThat(refused.get("parameter").isTextual()).as(path).isTrue();
      }
    }
  }

  @Test
  void worksWithoutADatabaseAndSaysSo() throws IOException {
    try (Dashboard dashboard = started(plain())) {
      TestClient client = TestClient.of(dashboard.address());

      assertThat(client.json("/api/meta").get("history").asBoolean()).isFalse();
      assertThat(client.json("/api/meta").get("labels")).hasSize(7);
      assertThat(client.json("/api/meta").get("model").isNull()).isTrue();
      assertThat(client.error("/api/windows", 503).get("message").asText()).contains("--jdbc-url");
      assertThat(client.json("/api/cameras").get("cameras")).isEmpty();
      assertThat(client.json("/api/health").get("status").asText()).isEqualTo("degraded");
      assertThat(client.json("/api/health").get("reasons").toString()).contains("Kafka");
      assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(client.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(client.get("/metrics").body())
          .contains("emotion_dashboard_streams 0.0")
          .contains("emotion_ready{check=\"kafka\"} 0.0");
    }
  }

  @Test
  void saysThatTheDatabaseIsAway() throws IOException {
    DashboardConfig config =
        new DashboardConfig(
            plain(),
            Duration.ZERO,
            Optional.of(HistoryConfig.of("jdbc:postgresql://127.0.0.1:1/none", "me", "secret")),
            List.of());
    try (Dashboard dashboard = new Dashboard(config, Topics.defaults(), kafka())) {
      dashboard.start();
      TestClient client = TestClient.of(dashboard.address());

      JsonNode error = client.error("/api/windows", 503);
      assertThat(error.get("message").asText()).contains("cannot be reached");
      assertThat(client.json("/api/meta").get("history").asBoolean()).isTrue();
      assertThat(client.json("/api/health").toString())
          .contains("PostgreSQL")
          .doesNotContain("secret");
    }
  }

  @Test
  void asksForTheTokenWhereThereIsOne() throws IOException {
    WebConfig web = new WebConfig("test", "127.0.0.1", 0, Optional.of(TOKEN), Optional.empty());
    try (Dashboard dashboard = started(web)) {
      TestClient client = TestClient.of(dashboard.address());

      HttpResponse<String> none = client.get("/api/meta");
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(header(none, "WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(none.body()).contains("Authorization: Bearer").doesNotContain(TOKEN);
      assertThat(client.get("/api/live").statusCode()).isEqualTo(401);
      assertThat(client.get("/api/meta", "Authorization", "Bearer " + TOKEN + "x").statusCode())
          .isEqualTo(401);
      assertThat(client.get("/api/meta?token=" + TOKEN).statusCode()).isEqualTo(401);
      assertThat(client.get("/api/meta", "Authorization", "bearer " + TOKEN).statusCode())
          .isEqualTo(200);
      try (LiveEvents live = client.events("/api/live", "Authorization", "Bearer " + TOKEN)) {
        assertThat(live.next().name()).isEqualTo("snapshot");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      assertThat(client.get("/").statusCode()).as("the page asks for it").isEqualTo(200);
      assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(client.get("/metrics").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void refusesAWeakToken() {
    assertThatThrownBy(
            () -> new WebConfig("test", "127.0.0.1", 0, Optional.of("short"), Optional.empty()))
        .hasMessageContaining("5 characters")
        .hasMessageContaining("openssl rand");
  }

  @Test
  void answersOnlyToTheNamesOfThisMachineWhereAnybodyHereMayAsk() throws IOException {
    try (Dashboard dashboard = started(plain())) {
      String port = ":" + dashboard.address().getPort();

      assertThat(statusLine(dashboard, "/api/meta", "evil.example" + port)).contains(" 421 ");
      assertThat(statusLine(dashboard, "/", "evil.example")).contains(" 421 ");
      assertThat(statusLine(dashboard, "/api/meta", "localhost" + port)).contains(" 200 ");
      assertThat(statusLine(dashboard, "/api/meta", "127.0.0.1")).contains(" 200 ");
    }
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (Dashboard first = started(plain())) {
      int port = first.address().getPort();
      WebConfig same = new WebConfig("test", "127.0.0.1", port, Optional.empty(), Optional.empty());

      assertThatThrownBy(() -> started(same))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("--port");
    }
  }

  @Test
  void servesHttpsFromAKeyStoreAndFromPem() throws Exception {
    TestCertificate certificate = TestCertificate.create("server", directory);
    TlsConfig pkcs12 = new TlsConfig.Pkcs12(certificate.keyStore(), PASSWORD);
    TlsConfig pem = new TlsConfig.Pem(certificate.certificatePem(), certificate.keyPem());
    KeyStore keys = pkcs12.load();

    for (TlsConfig tls : List.of(pkcs12, pem)) {
      WebConfig web = new WebConfig("test", "127.0.0.1", 0, Optional.empty(), Optional.of(tls));
      try (Dashboard dashboard = started(web)) {
        assertThat(dashboard.address().getScheme()).isEqualTo("https");
        TestClient client = new TestClient(trusting(keys), dashboard.address());
        assertThat(client.json("/api/meta").get("version").asText()).isEqualTo("test");
        try (LiveEvents live = client.events("/api/live")) {
          assertThat(live.next().name()).isEqualTo("snapshot");
        }
      }
    }
    assertThat(pkcs12.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void saysWhatIsWrongWithACertificate() throws Exception {
    Path missing = directory.resolve("nothing.pem");
    Path text = Files.writeString(directory.resolve("text.pem"), "hello");
    Path keyStore = TestCertificate.create("server", directory).keyStore();
    TlsConfig wrongPassword = new TlsConfig.Pkcs12(keyStore, "wrong");

    assertThatThrownBy(() -> new TlsConfig.Pem(missing, missing).load())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no file")
        .hasMessageContaining("nothing.pem");
    assertThatThrownBy(() -> new TlsConfig.Pem(text, text).load())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("text.pem");
    assertThatThrownBy(wrongPassword::load)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("password")
        .hasMessageNotContaining("wrong");
  }

  private static Dashboard started(WebConfig web) throws IOException {
    DashboardConfig config = new DashboardConfig(web, Duration.ZERO, Optional.empty(), List.of());
    Dashboard dashboard = new Dashboard(config, Topics.defaults(), kafka());
    boolean isStarted = false;
    try {
      dashboard.start();
      isStarted = true;
      return dashboard;
    } finally {
      if (!isStarted) {
        dashboard.close();
      }
    }
  }

  /** Where nobody listens. */
  private static Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", "127.0.0.1:1");
  }

  private static WebConfig plain() {
    return new WebConfig("test", "127.0.0.1", 0, Optional.empty(), Optional.empty());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  /** Returns the first line of the answer to a request with any path and Host header. */
  private static String statusLine(Dashboard dashboard, String path, String host)
      throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
    try (Socket socket = new Socket("127.0.0.1", dashboard.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return answer.lines().findFirst().orElse("");
    }
  }

  private static HttpClient trusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
