// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.launcher.demo.Tally.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits until what was published has come out at the other end, as long as something moves. */
final class Drain {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final Tally tally;
  private final Stored stored;
  private final Health health;

  /** Reads what the run has put into the tables. */
  interface Stored {
    StoredTotals read() throws SQLException;
  }

  Drain(Tally tally, Stored stored, Health health) {
    this.tally = tally;
    this.stored = stored;
    this.health = health;
  }

  /**
   * Returns what is stored once the books balance.
   *
   * @throws IllegalStateException if nothing moved for a minute and they still do not
   */
  StoredTotals await() throws InterruptedException, SQLException {
    @Nullable Progress last = null;
    long movedAt = System.nanoTime();
    while (true) {
      health.check();
      Progress now = new Progress(tally.snapshot(), stored.read());
      if (now.isComplete()) {
        return now.stored();
      }
      if (!now.sameAs(last)) {
        last = now;
        movedAt = System.nanoTime();
      } else if (System.nanoTime() - movedAt > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "the pipeline did not drain, nothing moved for %d s: %s"
                .formatted(PATIENCE.toSeconds(), now));
      }
      TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
    }
  }

  private record Progress(Snapshot topics, StoredTotals stored) {
    boolean isComplete() {
      return topics.frames() == topics.events() + topics.deadLetters()
          && topics.events() == stored.windowedFaces() + topics.lateEvents()
          && topics.events() == stored.events()
          && topics.windows() == stored.windows();
    }

    boolean sameAs(@Nullable Progress other) {
      return other != null && Objects.equals(toString(), other.toString());
    }

    @Override
    public String toString() {
      return ("%d frames, %d events, %d dead letters, %d late, %d windows with %d faces on the"
              + " topics; %d events, %d windows with %d faces in PostgreSQL")
          .formatted(
              topics.frames(),
              topics.events(),
              topics.deadLetters(),
              topics.lateEvents(),
              topics.windows(),
              topics.windowedFaces(),
              stored.events(),
              stored.windows(),
              stored.windowedFaces());
    }
  }
}
