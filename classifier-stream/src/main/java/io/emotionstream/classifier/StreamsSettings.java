// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka settings of the stream: our defaults, then what the configuration says, then yours. */
final class StreamsSettings {
  static final String APPLICATION_ID = "emotion-classifier";

  /**
   * Tasks that each thread's cache has room for, if the contract has no more partitions: how many
   * the thread will own is known only later, and it is a ceiling, filled only by what there is.
   */
  private static final int CACHED_TASKS = 64;

  /** Room for a waiting frame in the cache: beyond it, frames spill to the changelog early. */
  private static final long CACHED_FRAME_BYTES = 64 << 10;

  /** Room for the open panes, and the tracks in them, of some thousand cameras. */
  private static final long CACHED_WINDOWS_BYTES = 4 << 20;

  private StreamsSettings() {}

  static Map<String, Object> create(
      ClassifierConfig config, Topics topics, Map<String, Object> kafkaSettings) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    // Streams would wait 100 ms to fill a producer batch: longer than the network needs.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    settings.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ClassifierTopology.MAX_CHANGELOG_RECORD_BYTES);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    // A thread looks at its timers only between polls, by default every 100 ms.
    settings.put(
        StreamsConfig.POLL_MS_CONFIG,
        Math.min(100, BatchPatience.quiet(config.maxLatency().toMillis())));
    settings.put(
        StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
        cacheBytes(config, topics, Runtime.getRuntime().maxMemory()));
    settings.putAll(kafkaSettings);
    return settings;
  }

  /** A cache that is too small costs time, not results: frames are written out before a commit. */
  static long cacheBytes(ClassifierConfig config, Topics topics, long heapBytes) {
    long bytesOfTask = config.maxBatch() * CACHED_FRAME_BYTES + CACHED_WINDOWS_BYTES;
    long tasks = (long) config.threads() * Math.max(CACHED_TASKS, topics.partitions());
    return Math.min(heapBytes / 4, tasks * bytesOfTask);
  }
}
