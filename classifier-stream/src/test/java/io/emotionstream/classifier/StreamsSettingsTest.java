// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.Topics;
import java.util.Map;
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
  void hasRoomInTheCacheForAFullBatchOfEveryTask() {
    ClassifierConfig config = ClassifierConfig.defaults();
    Topics topics = Topics.defaults();
    long smallFaces = (long) topics.partitions() * config.maxBatch() * 48 * 48;

    assertThat(settings(Map.of()))
        .extractingByKey("statestore.cache.max.bytes", InstanceOfAssertFactories.LONG)
        .isGreaterThan(10 * smallFaces);
  }

  private static Map<String, Object> settings(Map<String, Object> given) {
    return StreamsSettings.create(ClassifierConfig.defaults(), Topics.defaults(), given);
  }
}
