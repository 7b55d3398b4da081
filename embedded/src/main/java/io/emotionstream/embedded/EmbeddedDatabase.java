// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server, started and stopped by this process, that listens on the loopback
 * interface and trusts whoever connects: for demos and tests.
 *
 * <p>Its data lives in a directory and is there again after a restart on it. A server that a killed
 * process left behind on the directory is stopped first; if it was killed before its first start
 * was done, there are no rows yet and the data is made anew. Commits are on disk when they return.
 * The server goes on until {@link #close()}: there is no shutdown hook, so that a program can still
 * write to it from its own.
 *
 * <p>It runs as any user; as root on Linux only where {@code unshare -U} is allowed, for PostgreSQL
 * refuses root. Safe for use by several threads.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);
  private static final String USER = "postgres";
  private static final String DATABASE = "postgres";

  private final DirectoryLock lock;
  private final EmbeddedPostgres server;
  private final Path data;
  private boolean closed;

  private EmbeddedDatabase(DirectoryLock lock, EmbeddedPostgres server, Path data) {
    this.lock = lock;
    this.server = server;
    this.data = data;
  }

  /**
   * Starts a server on a free port, the same as last time where it can be had, and returns when it
   * takes connections.
   *
   * @param directory where its data is and stays; created if missing
   * @throws IllegalStateException if another database uses the directory
   * @throws IOException if it does not start
   */
  public static EmbeddedDatabase start(Path directory) throws IOException {
    return start(directory, FreePorts.ANY);
  }

  /**
   * Starts a server on a port of your choice and returns when it takes connections.
   *
   * @param directory where its data is and stays; created if missing
   * @param port to listen on; 0 to have one chosen
   * @throws IllegalStateException if another database uses the directory
   * @throws IOException if it does not start or the port is taken
   */
  public static EmbeddedDatabase start(Path directory, int port) throws IOException {
    DirectoryLock lock = DirectoryLock.take(directory);
    boolean started = false;
    try {
      EmbeddedDatabase database = start(lock, port);
      started = true;
      log.info("database {} keeps its data in {}", database.jdbcUrl(), directory);
      return database;
    } finally {
      if (!started) {
        lock.close();
      }
    }
  }

  /** Returns the JDBC address of the database {@code postgres}, user included; no password. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /** Returns the JDBC address of a database of this server, whether it exists or not. */
  public String jdbcUrl(String database) {
    return server.getJdbcUrl(USER, database);
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.getPort();
  }

  /**
   * Stops the server, which ends its open connections, and frees its directory, whose data stays;
   * idempotent.
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) { // the directory may be another one's by now
      return;
    }
    closed = true;
    try (lock) {
      server.close();
      OrphanedServer.stop(data); // if it did not stop within pg_ctl's limit
    }
  }

  private static EmbeddedDatabase start(DirectoryLock lock, int port) throws IOException {
    Path data = lock.directory().resolve("data");
    OrphanedServer.stop(data);
    int chosen = FreePorts.choose(port, lock.directory());
    Initialization initialization = new Initialization(lock.directory(), data);
    initialization.begin();
    EmbeddedPostgres server = run(data, chosen);
    boolean done = false;
    try {
      initialization.done();
      done = true;
      return new EmbeddedDatabase(lock, server, data);
    } finally {
      if (!done) {
        server.close();
      }
    }
  }

  private static EmbeddedPostgres run(Path data, int port) throws IOException {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setOverrideWorkingDirectory(PostgresBinaries.directory(data).toFile())
          .setPGStartupWait(STARTUP_LIMIT)
          .setPort(port)
          .setLocaleConfig("locale", "C") // the same order of text on every machine
          .setServerConfig("listen_addresses", "localhost")
          // The library trades both for speed.
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .start();
    } catch (IOException
        | RuntimeException
        | ExceptionInInitializerError e) { // the last: unpacking
      OrphanedServer.stop(data);
      throw new IOException(
          "PostgreSQL does not start in %s: %s; the logger io.zonky.test tells why at level INFO"
              .formatted(data, e.getMessage()),
          e);
    }
  }
}
