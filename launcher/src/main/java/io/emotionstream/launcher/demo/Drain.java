// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Waits until what was published has come out at the other end: the observer has read every topic
 * to its end and the books balance. It gives up when nothing has moved for a while; the summary
 * then says what is missing.
 */
final class Drain {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final Books books;
  private final Health health;

  /** Where the numbers are read back from. */
  interface Books {
    /** Whether every topic was read to its end, and no transaction is open on one. */
    boolean areRead() throws ExecutionException, InterruptedException;

    /** What was read until now, from topics and tables. */
    DemoSummary read() throws SQLException;
  }

  Drain(Books books, Health health) {
    this.books = books;
    this.health = health;
  }

  /**
   * Returns the books as they stand at the end.
   *
   * @throws IllegalStateException if a stage has failed
   */
  DemoSummary await() throws ExecutionException, InterruptedException, SQLException {
    DemoSummary last = books.read();
    long movedAt = System.nanoTime();
    while (System.nanoTime() - movedAt < PATIENCE.toNanos()) {
      health.check();
      boolean read = books.areRead(); // before the numbers, which then hold all that was there
      DemoSummary now = books.read();
      if (read && now.imbalances().isEmpty()) {
        return now;
      }
      if (!now.equals(last)) {
        movedAt = System.nanoTime();
        last = now;
      }
      TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
    }
    return last;
  }
}
