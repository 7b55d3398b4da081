// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The partitions of {@code emotion_events}, one a UTC day of capture: made before a day is first
 * written, dropped by retention. Several sinks may do so at once: an advisory lock orders them.
 *
 * <p>Both run in transactions of their own, ahead of or after a batch. A day that is being written
 * cannot be dropped, because its time of writing is younger than any retention.
 */
final class EventDays {
  /** How exact {@code last_written_at} is: a row touched by each batch would make sinks queue. */
  private static final Duration TOUCH_EVERY = Duration.ofHours(1);

  /**
   * Days to a transaction: each takes about ten of the server's locks, of which it has 6400 by
   * default for all its transactions ({@code max_locks_per_transaction}).
   */
  private static final int AT_ONCE = 50;

  private static final long LOCK = 0x656d6f74696f6eL; // "emotion"

  private final InstantSource clock;
  private final Map<LocalDate, Instant> touched = new HashMap<>();

  EventDays(InstantSource clock) {
    this.clock = clock;
  }

  /** Makes sure that the days have a partition and are not dropped soon; commits. */
  void ensure(Connection connection, Collection<LocalDate> days) throws SQLException {
    Instant now = clock.instant();
    List<LocalDate> due = days.stream().distinct().sorted().filter(day -> isDue(day, now)).toList();
    if (due.isEmpty()) {
      return;
    }
    touched.values().removeIf(at -> at.isBefore(now.minus(TOUCH_EVERY)));
    for (int from = 0; from < due.size(); from += AT_ONCE) {
      make(connection, due.subList(from, Math.min(from + AT_ONCE, due.size())), now);
    }
  }

  /** Drops the days that ended before {@code cutoff} and were last written before it; commits. */
  List<LocalDate> dropBefore(Connection connection, Instant cutoff) throws SQLException {
    List<LocalDate> dropped = new ArrayList<>();
    List<LocalDate> some;
    do {
      some = dropSome(connection, cutoff);
      dropped.addAll(some);
    } while (some.size() == AT_ONCE);
    return dropped;
  }

  private void make(Connection connection, List<LocalDate> days, Instant now) throws SQLException {
    lock(connection);
    for (LocalDate day : days) {
      call(connection, "emotion_make_event_day", day);
      touch(connection, day, now);
    }
    connection.commit();
    days.forEach(day -> touched.put(day, now));
  }

  private List<LocalDate> dropSome(Connection connection, Instant cutoff) throws SQLException {
    lock(connection);
    List<LocalDate> expired = expired(connection, cutoff); // anew: others may have written since
    for (LocalDate day : expired) {
      call(connection, "emotion_drop_event_day", day);
      touched.remove(day);
    }
    connection.commit();
    return expired;
  }

  private boolean isDue(LocalDate day, Instant now) {
    Instant at = touched.get(day);
    return at == null || !now.isBefore(at.plus(TOUCH_EVERY));
  }

  private static List<LocalDate> expired(Connection connection, Instant cutoff)
      throws SQLException {
    String sql =
        "select day from emotion_event_days where day < ? and last_written_at < ?"
            + " order by day limit "
            + AT_ONCE;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      new Parameters(select).object(CaptureTimes.dayOf(cutoff)).time(cutoff);
      List<LocalDate> days = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          days.add(found.getObject(1, LocalDate.class));
        }
      }
      return days;
    }
  }

  /** Calls a function of the tables' owner, for the sink need not be that. */
  private static void call(Connection connection, String function, LocalDate day)
      throws SQLException {
    execute(connection, "select %s(date '%s')".formatted(function, day));
  }

  private static void touch(Connection connection, LocalDate day, Instant now) throws SQLException {
    String sql =
        "insert into emotion_event_days (last_written_at, day) values (?, ?) on conflict (day)"
            + " do update set last_written_at ="
            + " greatest(emotion_event_days.last_written_at, excluded.last_written_at)";
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      new Parameters(upsert).time(now).object(day);
      upsert.executeUpdate();
    }
  }

  private static void lock(Connection connection) throws SQLException {
    // Whoever cannot have the lock, or the table, in time comes again: it must not stop the others.
    execute(connection, "set local lock_timeout = '10s'");
    execute(connection, "select pg_advisory_xact_lock(" + LOCK + ")");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
