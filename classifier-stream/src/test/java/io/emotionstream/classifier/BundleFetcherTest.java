// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.testkit.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles come from a real https server, whose certificate the test trusts. */
class BundleFetcherTest {
  private static final char[] PASSWORD = TestCertificate.PASSWORD.toCharArray();
  private static final byte[] BUNDLE = shippedBytes();

  @TempDir private static Path directory;

  private static SSLContext usual;
  private static HttpsServer server;
  private static HttpServer plain;

  @BeforeAll
  static void serve() throws Exception {
    usual = SSLContext.getDefault();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    plain = HttpServer.create(any, 0);
    plain.createContext("/", exchange -> answer(exchange, 200, BUNDLE));
    plain.start();

    SSLContext trusting = contextOf(newKeyStore());
    server = HttpsServer.create(any, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(trusting));
    server.createContext("/model.emotion", exchange -> answer(exchange, 200, BUNDLE));
    server.createContext("/page", exchange -> answer(exchange, 200, "<html>".getBytes()));
    server.createContext("/missing", exchange -> answer(exchange, 404, new byte[0]));
    server.createContext("/moved", exchange -> redirect(exchange, https("/model.emotion")));
    server.createContext("/leaves", exchange -> redirect(exchange, http("/model.emotion")));
    server.start();
    SSLContext.setDefault(trusting);
  }

  @AfterAll
  static void stop() {
    SSLContext.setDefault(usual);
    server.stop(0);
    plain.stop(0);
  }

  @Test
  void fetchesOverHttpsAndFollowsTo() throws Exception {
    String expected = ModelBundle.shipped().modelId();

    assertThat(BundleFetcher.fetch(https("/model.emotion")).bundle().modelId()).isEqualTo(expected);
    assertThat(BundleFetcher.fetch(https("/moved"), sha256()).modelId()).isEqualTo(expected);
  }

  @Test
  void refusesOtherBytesThanTheChosen() {
    String other = sha256().replace(sha256().charAt(0), sha256().charAt(0) == '0' ? '1' : '0');

    assertThatThrownBy(() -> BundleFetcher.fetch(https("/model.emotion"), other))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(https("/model.emotion"), sha256(), other);
  }

  @Test
  void saysWhichAddressGaveNoBundle() {
    for (String path : List.of("/page", "/missing", "/leaves")) {
      assertThatThrownBy(() -> BundleFetcher.fetch(https(path)))
          .as(path)
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> BundleFetcher.fetch(https("/missing")))
        .hasMessage(https("/missing") + " answered 404");
    assertThatThrownBy(() -> BundleFetcher.fetch(http("/model.emotion")))
        .hasMessageContaining("comes from a file or https URL");
  }

  @Test
  void refusesAServerThatNobodyTrusts() {
    SSLContext trusting = defaultContext();
    SSLContext.setDefault(usual);
    try {
      assertThatThrownBy(() -> BundleFetcher.fetch(https("/model.emotion")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("certificat");
    } finally {
      SSLContext.setDefault(trusting);
    }
  }

  private static String https(String path) {
    return "https://localhost:" + server.getAddress().getPort() + path;
  }

  private static String http(String path) {
    return "http://localhost:" + plain.getAddress().getPort() + path;
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void redirect(HttpExchange exchange, String location) throws IOException {
    exchange.getResponseHeaders().set("Location", location);
    answer(exchange, 302, new byte[0]);
  }

  private static KeyStore newKeyStore() throws Exception {
    TestCertificate certificate = TestCertificate.create("localhost", directory);
    return KeyStore.getInstance(certificate.keyStore().toFile(), PASSWORD);
  }

  /** Serves with the key and trusts its certificate. */
  private static SSLContext contextOf(KeyStore keys) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("localhost", keys.getCertificate("localhost"));
    TrustManagerFactory others =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    others.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
    return context;
  }

  private static SSLContext defaultContext() {
    try {
      return SSLContext.getDefault();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] shippedBytes() {
    try (InputStream in = ModelBundle.class.getResourceAsStream("shipped.emotion")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BUNDLE));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
