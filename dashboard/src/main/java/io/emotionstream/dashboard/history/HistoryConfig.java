// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import java.time.Duration;
import org.postgresql.Driver;

/**
 * Where history is read, and how much of the database one request may have.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host[:port]/database[?options]}; PostgreSQL 14 or newer
 * @param user role to connect as, for which SELECT on {@code emotion_distributions} is enough;
 *     empty for the URL's, else the operating system's user
 * @param password its password; empty for the URL's, else none
 * @param connections most connections, and so most questions at once; in [1, 100]
 * @param statementTimeout how long the database may work on one question; in [100 ms, 10 min]
 */
public record HistoryConfig(
    String jdbcUrl, String user, String password, int connections, Duration statementTimeout) {
  public static final int DEFAULT_CONNECTIONS = 4;
  public static final Duration DEFAULT_STATEMENT_TIMEOUT = Duration.ofSeconds(10);

  public HistoryConfig {
    require(
        jdbcUrl.startsWith("jdbc:postgresql:") && Driver.parseURL(jdbcUrl, null) != null,
        "jdbcUrl must look like jdbc:postgresql://host:5432/database, was '%s'"
            .formatted(mask(jdbcUrl)));
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
        jdbcUrl, user, password, DEFAULT_CONNECTIONS, DEFAULT_STATEMENT_TIMEOUT);
  }

  /** Returns the URL without the secrets that it may carry: fit for logs and messages. */
  public String maskedUrl() {
    return mask(jdbcUrl);
  }

  @Override
  public String toString() {
    return "HistoryConfig[jdbcUrl=%s, user=%s, password=%s, connections=%d, statementTimeout=%s]"
        .formatted(
            maskedUrl(), user, password.isEmpty() ? "" : "***", connections, statementTimeout);
  }

  private static String mask(String url) {
    return url.replaceAll("(?i)([?&](?:ssl)?password=)[^&]*", "$1***")
        .replaceAll("//([^/@:]*):[^/@]*@", "//$1:***@");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
