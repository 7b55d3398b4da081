// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few connections that can only read, kept open between questions. Safe for use by several
 * threads.
 */
final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final Duration WAIT = Duration.ofSeconds(3);
  private static final Duration MARGIN = Duration.ofSeconds(5);
  private static final int CONNECT_SECONDS = 5;
  private static final int ALIVE_SECONDS = 2;

  private final PGSimpleDataSource source;
  private final Duration statementTimeout;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /** A question to the database. */
  interface Question<T> {
    T ask(Connection connection) throws Exception;
  }

  Connections(HistoryConfig config) {
    this.source = source(config);
    this.statementTimeout = config.statementTimeout();
    this.permits = new Semaphore(config.connections(), true);
  }

  /**
   * Asks in a transaction that reads only and is given up afterwards.
   *
   * @throws HistoryException if all connections stay busy
   * @throws SQLException if the database cannot be reached or refuses
   */
  <T> T ask(Question<T> question) throws Exception {
    if (!permits.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new HistoryException("the database is busy with other questions: try again");
    }
    try {
      Connection connection = take();
      boolean isFine = false;
      try {
        T answer = question.ask(connection);
        connection.rollback();
        isFine = true;
        return answer;
      } finally {
        giveBack(connection, isFine);
      }
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Connection left = idle.poll(); left != null; left = idle.poll()) {
      discard(left);
    }
  }

  private Connection take() throws SQLException {
    for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
      if (kept.isValid(ALIVE_SECONDS)) {
        return kept;
      }
      discard(kept);
    }
    return open();
  }

  private void giveBack(Connection connection, boolean isFine) {
    if (isFine && !closed) {
      idle.push(connection);
    } else {
      discard(connection);
    }
  }

  private Connection open() throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      // By the server, so that no question can be made to write or to run on.
      statement.execute("set default_transaction_read_only = on");
      statement.execute("set statement_timeout = " + statementTimeout.toMillis());
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      discard(connection);
      throw e;
    }
  }

  private static void discard(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("a broken connection was closed", e);
    }
  }

  private static PGSimpleDataSource source(HistoryConfig config) {
    // A server that works has its statement timeout before.
    Duration silence = config.statementTimeout().plus(MARGIN);
    PGSimpleDataSource source = config.login().newDataSource("emotion-dashboard", silence);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    return source;
  }
}
