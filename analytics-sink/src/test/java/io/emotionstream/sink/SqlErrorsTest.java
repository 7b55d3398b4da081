// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

class SqlErrorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"08001", "08006", "40001", "40P01", "53100", "53300", "57P01", "57P03", "55P03"})
  void triesAgainAfterWhatPasses(String code) {
    assertThat(SqlErrors.isTransient(new SQLException("no", code))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"28P01", "28000", "3D000", "42501", "42P01", "08004", "22021", "23505"})
  void doesNotTryAgainAfterWhatStays(String code) {
    assertThat(SqlErrors.isTransient(new SQLException("no", code))).isFalse();
  }

  @Test
  void triesAgainAfterAnErrorOfTheNetworkWithoutACode() {
    assertThat(SqlErrors.isTransient(new SQLException("no", new IOException("reset")))).isTrue();
    assertThat(SqlErrors.isTransient(new SQLException("no"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"22021", "22003", "23514", "23502"})
  void blamesTheRowForBadDataAndViolatedConstraints(String code) {
    assertThat(SqlErrors.isRefusedValue(new SQLException("no", code))).isTrue();
  }

  @Test
  void tellsWhyABatchFailedButNotItsValues() {
    PSQLException cause = new PSQLException("connection reset", PSQLState.CONNECTION_FAILURE);
    SQLException failed =
        new BatchUpdateException(
            "Batch entry 0 insert into t values ('lobby') was aborted", "08006", new int[0], cause);

    assertThat(SqlErrors.describe(failed)).isEqualTo("connection reset (08006)");
  }
}
