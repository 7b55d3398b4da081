// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
  @Test
  void runsExactlyOnceUnlessToldOtherwise() {
    assertThat(settings(Map.of()))
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("application.id", "emotion-classifier")
        .containsEntry("poll.ms", 5L);
    assertThat(settings(Map.of("processing.guarantee", "at_least_once", "application.id", "mine")))
        .containsEntry("processing.guarantee", "at_least_once")
        .containsEntry("application.id", "mine");
  }

  @Test
  void leavesTheProducerSettingsToWhomSetsThemWithOrWithoutPrefix() {
    assertThat(producer(Map.of()))
        .containsEntry("linger.ms", 1)
        .containsEntry("max.request.size", ClassifierTopology.MAX_CHANGELOG_RECORD_BYTES);
    assertThat(producer(Map.of("linger.ms", "7", "max.request.size", "8000000")))
        .containsEntry("linger.ms", "7")
        .containsEntry("max.request.size", "8000000");
    assertThat(producer(Map.of("producer.linger.ms", "9", "producer.max.request.size", "9000000")))
        .containsEntry("linger.ms", "9")
        .containsEntry("max.request.size", "9000000");
  }

  @Test
  void hasRoomInTheCacheForMorePartitionsThanTheContractOnEveryThread() {
    ClassifierConfig config = ClassifierConfig.defaults();
    long batch = config.maxBatch() * (64L << 10);

    assertThat(StreamsSettings.cacheBytes(config, Topics.defaults(), 8L << 30))
        .isGreaterThan(64 * batch);
    assertThat(StreamsSettings.cacheBytes(config, new Topics("", 100, (short) -1), 8L << 30))
        .isGreaterThan(100 * batch);
  }

  @Test
  void takesNoMoreThanAQuarterOfTheHeap() {
    assertThat(
            StreamsSettings.cacheBytes(ClassifierConfig.defaults(), Topics.defaults(), 256 << 20))
        .isEqualTo(64 << 20);
  }

  @Test
  void hasRoomInTheCacheForAFullBatchOfEveryTask() {
    ClassifierConfig config = ClassifierConfig.defaults();
    Topics topics = Topics.defaults();
    long smallFaces = (long) topics.partitions() * config.maxBatch() * 48 * 48;

    assertThat(settings(Map.of()))
        .extractingByKey("statestore.cache.max.bytes", InstanceOfAssertFactories.LONG)
        .isGreaterThan(10 * smallFaces);
  }

  private static Map<String, Object> producer(Map<String, Object> given) {
    Map<String, Object> all = new HashMap<>(settings(given));
    all.put("bootstrap.servers", "localhost:9092");
    return new StreamsConfig(all).getProducerConfigs("any");
  }

  private static Map<String, Object> settings(Map<String, Object> given) {
    return StreamsSettings.create(ClassifierConfig.defaults(), Topics.defaults(), given);
  }
}
