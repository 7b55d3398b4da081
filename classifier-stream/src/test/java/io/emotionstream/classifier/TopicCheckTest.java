// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCheckTest {
  @Test
  void namesTheTopicThatIsNotPartitionedAsTheFramesAre() {
    Map<String, Integer> partitions =
        Map.of("face-frames", 4, "emotion-events", 4, "emotion-late-events", 3);

    assertThat(TopicCheck.differences("face-frames", partitions))
        .containsExactly(
            "Topic emotion-late-events has 3 partitions but face-frames has 4: the contract has"
                + " the same number");
  }
}
