// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.Test;

class TopicIdsTest {
  /** As in Compose or Kubernetes, where the name of a broker goes with its container. */
  @Test
  void aNameThatIsNotResolvedNowIsAskedForAgain() {
    TopicIds ids = new TopicIds(Map.of("bootstrap.servers", "kafka.invalid:9092"));

    assertThatExceptionOfType(RetriableException.class)
        .isThrownBy(() -> ids.of(List.of("emotion-events")))
        .withMessageContaining("no broker can be found")
        .withMessageContaining("bootstrap.servers");
  }
}
