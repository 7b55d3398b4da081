// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static java.time.format.DateTimeFormatter.BASIC_ISO_DATE;

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
      if (!exists(connection, day)) {
        create(connection, day);
      }
      touch(connection, day, now);
    }
    connection.commit();
    days.forEach(day -> touched.put(day, now));
  }

  private List<LocalDate> dropSome(Connection connection, Instant cutoff) throws SQLException {
    lock(connection);
    List<LocalDate> expired = expired(connection, cutoff); // anew: others may have written since
    for (LocalDate day : expired) {
      execute(connection, "drop table if exists " + partition(day));
      execute(connection, "delete from emotion_event_days where day = date '" + day + "'");
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

  private static boolean exists(Connection connection, LocalDate day) throws SQLException {
    String sql =
        "select 1 from pg_inherits where inhparent = 'emotion_events'::regclass"
            + " and inhrelid = to_regclass('"
            + partition(day)
            + "')";
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      return found.next();
    }
  }

  // Made apart and then attached: unlike "partition of" this stops neither readers nor writers.
  private static void create(Connection connection, LocalDate day) throws SQLException {
    String partition = partition(day);
    execute(
        connection,
        "create table if not exists %s (like emotion_events including defaults)"
            .formatted(partition));
    execute(
        connection,
        "alter table emotion_events attach partition %s for values from ('%sT00:00Z') to ('%sT00:00Z')"
            .formatted(partition, day, day.plusDays(1)));
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

  private static String partition(LocalDate day) {
    return "emotion_events_" + BASIC_ISO_DATE.format(day);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
