// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import io.emotionstream.operations.DatabaseLogin;
import java.time.Duration;

/**
 * Where history is read, and how much of the database one request may have.
 *
 * @param login the database; SELECT on {@code emotion_distributions} is enough for its role
 * @param connections most connections, and so most questions at once; in [1, 100]
 * @param statementTimeout how long the database may work on one question; in [100 ms, 10 min]
 */
public record HistoryConfig(DatabaseLogin login, int connections, Duration statementTimeout) {
  public static final int DEFAULT_CONNECTIONS = 4;
  public static final Duration DEFAULT_STATEMENT_TIMEOUT = Duration.ofSeconds(10);

  public HistoryConfig {
    require(
        connections >= 1 && connections <= 100,
        "history connections must be between 1 and 100, was " + connections);
    require(
        statementTimeout.toMillis() >= 100
            && statementTimeout.compareTo(Duration.ofMinutes(10)) <= 0,
        "history timeout must be between 100 ms and 10 min, was " + statementTimeout);
  }

  /** The default number of connections and time limit. */
  public static HistoryConfig of(String jdbcUrl, String user, String password) {
    return new HistoryConfig(
        new DatabaseLogin(jdbcUrl, user, password), DEFAULT_CONNECTIONS, DEFAULT_STATEMENT_TIMEOUT);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
