// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.sink.MissedWindowsTable.Missed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to tables that are up to date. After an {@link SQLException} it is of no more use:
 * close it and open another. For one thread, but for {@link #abort}.
 */
final class Store implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Store.class);

  private final SinkConfig config;
  private final InstantSource clock;
  private final Connection connection;
  private final EventDays days;
  private final Upsert<EmotionEvent> events = new Upsert<>(new EventTable());
  private final Upsert<EmotionEvent> lateEvents = new Upsert<>(new LateEventTable());
  private final Upsert<Missed> missedWindows = new Upsert<>(new MissedWindowsTable());
  private final Upsert<EmotionDistribution> distributions = new Upsert<>(new DistributionTable());

  private Store(SinkConfig config, InstantSource clock, Connection connection) {
    this.config = config;
    this.clock = clock;
    this.connection = connection;
    this.days = new EventDays(clock);
  }

  /** Migrates and connects. */
  static Store open(SinkConfig config, InstantSource clock) throws SQLException {
    Database database = new Database(config);
    database.migrate();
    return new Store(config, clock, database.connect());
  }

  /** Returns the stored offsets of {@code partitions}; those without one are left out. */
  Map<PartitionKey, Long> offsets(Collection<PartitionKey> partitions) throws SQLException {
    Map<PartitionKey, Long> offsets = OffsetTable.read(connection, partitions);
    connection.commit();
    return offsets;
  }

  /**
   * Writes all of {@code batch}, or nothing.
   *
   * @return what was written
   * @throws StaleOffsetException if another sink has written one of its partitions; nothing is
   *     written and the store remains usable
   */
  SinkMetrics write(Batch batch) throws SQLException {
    days.ensure(connection, batch.captureTimes().stream().map(CaptureTimes::dayOf).toList());
    try {
      return writeInTransaction(batch);
    } catch (StaleOffsetException e) {
      connection.rollback();
      throw e;
    }
  }

  /** Removes rows about single faces that are older than the configured retention. */
  List<LocalDate> applyRetention() throws SQLException {
    Instant cutoff = clock.instant().minus(config.eventRetention());
    List<LocalDate> dropped = dropDays(cutoff);
    delete("emotion_late_events where greatest(captured_at, stored_at) < ?", cutoff);
    delete("emotion_missed_windows where greatest(captured_at, stored_at) < ?", cutoff);
    delete("rejected_records where rejected_at < ?", cutoff);
    connection.commit();
    return dropped;
  }

  /** Cuts the connection under a call of another thread, which then fails. */
  void abort() throws SQLException {
    connection.abort(Runnable::run);
  }

  /** Closes the connection; what was not committed is rolled back by the server. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      log.debug("connection did not close in order: {}", e.getMessage());
    }
  }

  private SinkMetrics writeInTransaction(Batch batch) throws SQLException {
    OffsetTable.advance(connection, batch.advances());
    List<Rejection> rejections = new ArrayList<>(batch.rejections());
    long written = write(events, batch.events(), rejections);
    long late = write(lateEvents, batch.lateEvents(), rejections);
    writeMissedWindows(batch.lateEvents(), rejections);
    long windows = write(distributions, batch.distributions(), rejections);
    RejectedTable.insert(connection, rejections);
    connection.commit();
    return new SinkMetrics(written, late, windows, rejections.size(), 1, 0);
  }

  private void writeMissedWindows(List<Row<EmotionEvent>> late, List<Rejection> rejections)
      throws SQLException {
    Set<Source> refused = rejections.stream().map(Rejection::source).collect(Collectors.toSet());
    List<Row<EmotionEvent>> stored =
        late.stream().filter(row -> !refused.contains(row.source())).toList();
    missedWindows.write(connection, MissedWindowsTable.rows(stored), rejections::add);
  }

  private <T> long write(Upsert<T> table, List<Row<T>> rows, List<Rejection> rejections)
      throws SQLException {
    long before = rejections.size();
    table.write(connection, rows, rejections::add);
    long refused = rejections.size() - before;
    return rows.size() - refused;
  }

  private List<LocalDate> dropDays(Instant cutoff) throws SQLException {
    try {
      return days.dropBefore(connection, cutoff);
    } catch (SQLException e) {
      if (!SqlErrors.isLockTimeout(e)) {
        throw e;
      }
      connection.rollback(); // somebody reads them or another sink is at it; the next hour will do
      return List.of();
    }
  }

  private void delete(String rows, Instant cutoff) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("delete from " + rows)) {
      new Parameters(delete).time(cutoff);
      delete.executeUpdate();
    }
  }
}
