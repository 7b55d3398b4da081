// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.schemas.DeadLetterReason;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Names of the stream's own metrics, in group {@value #GROUP}, tagged with thread and task. Each
 * outcome has a {@code -total} and a {@code -rate} (a second).
 *
 * <p>For each task, at any time between two records:
 *
 * <ul>
 *   <li>received = classified + dead-lettered + heartbeats + waiting;
 *   <li>dead-lettered = the sum of dead-lettered-REASON;
 *   <li>classified times the windows that a face is in = windowed + late: for each of its windows,
 *       of every size, a face counts in it or is late for it. With tumbling windows of one size
 *       that is classified = windowed + late.
 * </ul>
 *
 * <p>They count work done by this instance: work that is repeated after a failure counts again,
 * what a predecessor left waiting counts as received when it is taken up, and a task that leaves
 * takes its metrics along. What is on the topics is exact.
 */
public final class ClassifierMetrics {
  public static final String GROUP = "stream-classifier-metrics";

  /** Records of face-frames taken in. */
  public static final String RECEIVED = "received";

  /** Heartbeats applied to their camera's clock. */
  public static final String HEARTBEATS = "heartbeats";

  /** Faces with an emotion event. */
  public static final String CLASSIFIED = "classified";

  /** Records with a dead letter; by reason under {@link #deadLettered(DeadLetterReason)}. */
  public static final String DEAD_LETTERED = "dead-lettered";

  /** Calls of the network for faces; a blank one that tells whether it is broken counts not. */
  public static final String BATCHES = "batches";

  /** Calls of the network that failed for several faces, which were then tried one by one. */
  public static final String BATCH_FALLBACKS = "batch-fallbacks";

  /** Mean faces a call, over the last minute or so. */
  public static final String BATCH_SIZE_AVG = "batch-size-avg";

  /** Most faces in a call, over the last minute or so. */
  public static final String BATCH_SIZE_MAX = "batch-size-max";

  /** Records that wait for their batch now: a gauge, without suffix. */
  public static final String WAITING = "waiting";

  /** Faces counted in a window, once for each window. */
  public static final String WINDOWED = "windowed";

  /** Faces whose window was final already, once for each such window. */
  public static final String LATE = "late";

  /** Distributions written. */
  public static final String WINDOWS_CLOSED = "windows-closed";

  /** Those of them that were closed because their camera was idle. */
  public static final String WINDOWS_IDLE = "windows-idle";

  private ClassifierMetrics() {}

  /** Returns the name under which dead letters of one reason are counted. */
  public static String deadLettered(DeadLetterReason reason) {
    return DEAD_LETTERED + "-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the sum over all threads and tasks of the count {@code outcome}. */
  public static long total(Map<MetricName, ? extends Metric> metrics, String outcome) {
    return Math.round(sum(metrics, outcome + "-total"));
  }

  /** Returns how many records wait for their batch, over all threads and tasks. */
  public static long waiting(Map<MetricName, ? extends Metric> metrics) {
    return Math.round(sum(metrics, WAITING));
  }

  private static double sum(Map<MetricName, ? extends Metric> metrics, String name) {
    return metrics.entrySet().stream()
        .filter(entry -> entry.getKey().group().equals(GROUP))
        .filter(entry -> entry.getKey().name().equals(name))
        .mapToDouble(entry -> (double) entry.getValue().metricValue())
        .filter(Double::isFinite)
        .sum();
  }
}
