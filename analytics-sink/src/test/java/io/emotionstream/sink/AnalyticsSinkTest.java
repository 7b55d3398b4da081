// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What needs no broker: nothing is heard at its address here. */
@ExtendWith(DatabaseExtension.class)
class AnalyticsSinkTest {
  private static final Map<String, Object> NO_BROKER = Map.of("bootstrap.servers", "localhost:1");

  @Test
  void failsAtStartWhereTheDatabaseDoesNotExist(TestDatabase database) {
    String url = database.jdbcUrl().replaceFirst("/[^/?]+\\?", "/nowhere?");

    assertThatThrownBy(() -> start(url + "&password=s3cret", "", ""))
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith("cannot use jdbc:postgresql://")
        .hasMessageContaining("password=***")
        .hasMessageContaining("database \"nowhere\" does not exist (3D000)")
        .hasMessageContaining("create the database")
        .satisfies(e -> assertThat(e).message().hasLineCount(1));
  }

  @Test
  void failsAtStartWhereTheUserMayNotLogIn(TestDatabase database) throws SQLException {
    String role = "locked_" + System.nanoTime();
    new Tables(database.jdbcUrl()).execute("create role " + role + " nologin");

    assertThatThrownBy(() -> start(database.jdbcUrl(), role, "s3cret"))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("not permitted to log in (28000)")
        .hasMessageContaining("check user, password")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void failsAtStartWhereTheUserMayNotMakeTables(TestDatabase database) throws SQLException {
    String role = "guest_" + System.nanoTime();
    new Tables(database.jdbcUrl()).execute("create role " + role + " login");

    assertThatThrownBy(() -> start(database.jdbcUrl(), role, ""))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("permission denied for schema public (42501)")
        .hasMessageContaining("./emotion database migrate");
  }

  @Test
  void failsAtStartOnAWrongKafkaSetting(TestDatabase database) {
    try (AnalyticsSink sink =
        new AnalyticsSink(
            SinkConfig.of(database.jdbcUrl(), "", ""),
            Topics.defaults(),
            Map.of("bootstrap.servers", "localhost:1", "fetch.min.bytes", "many"))) {

      assertThatThrownBy(sink::start)
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("fetch.min.bytes");
      assertThat(sink.isHealthy()).isFalse();
    }
  }

  @Test
  void stopsInTimeWithoutABroker(TestDatabase database) {
    AnalyticsSink sink = start(database.jdbcUrl(), "", "");

    sink.close();
    sink.close();

    assertThat(sink.isHealthy()).isFalse();
    assertThat(sink.failure()).isEmpty();
    assertThat(sink.metrics()).isEqualTo(SinkMetrics.NONE);
  }

  @Test
  void isNotStartedTwice(TestDatabase database) {
    try (AnalyticsSink sink = start(database.jdbcUrl(), "", "")) {
      assertThatThrownBy(sink::start).isInstanceOf(IllegalStateException.class);
    }
  }

  private static AnalyticsSink start(String url, String user, String password) {
    AnalyticsSink sink =
        new AnalyticsSink(SinkConfig.of(url, user, password), Topics.defaults(), NO_BROKER);
    sink.start();
    return sink;
  }
}
