// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.testkit.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.embedded.EmbeddedDatabase;
import io.emotionstream.operations.DatabaseLogin;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes nobody over TCP but with TLS and a password. */
class DatabaseTlsIT {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final String PASSWORD = "of-the-sink";

  @TempDir static Path directory;
  private static EmbeddedDatabase server;
  private static Path root;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = EmbeddedDatabase.start(Files.createDirectories(directory.resolve("database")));
    TestCertificate certificate = TestCertificate.create("database", directory);
    root = certificate.certificatePem();
    Tables admin = new Tables(server.jdbcUrl());
    admin.execute(AnalyticsTables.rolesScript());
    AnalyticsTables.migrate(SinkConfig.of(server.jdbcUrl(), "emotion_owner", ""));
    admin.execute("alter role emotion_sink password '" + PASSWORD + "'");
    admin.execute("alter system set ssl_cert_file = '" + root + "'");
    admin.execute("alter system set ssl_key_file = '" + certificate.keyPem() + "'");
    admin.execute("alter system set ssl = on");
    Files.writeString(
        Path.of((String) admin.values("show hba_file").get(0)),
        "hostssl all all all scram-sha-256\n");
    admin.execute("select pg_reload_conf()");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void writesOverAVerifiedConnection() throws SQLException {
    SinkConfig config = config("&sslmode=verify-full&sslrootcert=" + root, PASSWORD);

    try (Store store = Store.open(config, InstantSource.fixed(NOW))) {
      store.write(BatchBuilder.first().event(event("lobby", HAPPY, NOW).build()).build());
    }

    try (Connection connection = new Database(config).connect();
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "select ssl, version, (select count(*) from emotion_events)"
                        + " from pg_stat_ssl where pid = pg_backend_pid()")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getBoolean(1)).isTrue();
      assertThat(rows.getString(2)).isEqualTo("TLSv1.3");
      assertThat(rows.getLong(3)).isEqualTo(1);
    }
  }

  @Test
  void saysThatTheServerWantsTls() {
    assertThatThrownBy(() -> start(config("&sslmode=disable", PASSWORD)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("no encryption")
        .hasMessageContaining("check user, password and sslmode");
  }

  @Test
  void doesNotTrustAStranger() {
    Path stranger = TestCertificate.create("stranger", directory).certificatePem();

    assertThatThrownBy(
            () -> start(config("&sslmode=verify-full&sslrootcert=" + stranger, PASSWORD)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("check sslmode and sslrootcert");
  }

  @Test
  void tellsAWrongPasswordWithoutTellingIt() {
    assertThatThrownBy(() -> start(config("&sslmode=verify-full&sslrootcert=" + root, "hunter2")))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("password authentication failed")
        .message()
        .doesNotContain("hunter2");
  }

  private static void start(SinkConfig config) throws SQLException {
    try (AnalyticsSink sink =
        new AnalyticsSink(config, Topics.defaults(), Map.of("bootstrap.servers", "localhost:1"))) {
      sink.start();
    }
  }

  private static SinkConfig config(String options, String password) {
    String url = server.jdbcUrl().replace("user=postgres", "user=emotion_sink") + options;
    return new SinkConfig(new DatabaseLogin(url, "", password), Duration.ofDays(30), 100);
  }
}
