// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

/**
 * What a sink has done since it was made. Counters move after a commit, so each consumed record
 * counts once: {@code recordsWritten() + rejected} is the number of records whose offsets this sink
 * moved past. Two exceptions: records with the same key share a row, so a table may hold fewer rows
 * than were written; and a commit whose answer was lost with the connection is not counted though
 * its rows are there. The tables are the truth, not these numbers.
 *
 * @param eventsWritten records of the events topic that are in {@code emotion_events}
 * @param lateEventsWritten records of the late-events topic that are in {@code emotion_late_events}
 * @param distributionsWritten records of the distributions topic that are in {@code
 *     emotion_distributions}
 * @param rejected records of any of them that are in {@code rejected_records}
 * @param transactions committed batches; each moved at least one record
 * @param retries failed attempts to connect, to find the offsets or to write a batch; each was or
 *     will be made up for, so {@code retries} says nothing about losses
 */
public record SinkMetrics(
    long eventsWritten,
    long lateEventsWritten,
    long distributionsWritten,
    long rejected,
    long transactions,
    long retries) {

  static final SinkMetrics NONE = new SinkMetrics(0, 0, 0, 0, 0, 0);

  /** Records that became a row, or share one. */
  public long recordsWritten() {
    return eventsWritten + lateEventsWritten + distributionsWritten;
  }

  SinkMetrics plus(SinkMetrics other) {
    return new SinkMetrics(
        eventsWritten + other.eventsWritten,
        lateEventsWritten + other.lateEventsWritten,
        distributionsWritten + other.distributionsWritten,
        rejected + other.rejected,
        transactions + other.transactions,
        retries + other.retries);
  }

  SinkMetrics plusRetry() {
    return plus(new SinkMetrics(0, 0, 0, 0, 0, 1));
  }
}
