// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

/**
 * Something that knows numbers which others count: it is read whenever the metrics are, by any
 * thread. So cameras, tasks and partitions may come and go, and nothing is registered twice.
 */
@FunctionalInterface
public interface MetricSource {
  /** Adds what it knows now. */
  void addTo(MetricFamilies families);
}
