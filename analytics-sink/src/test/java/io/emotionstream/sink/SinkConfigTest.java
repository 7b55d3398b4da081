// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.emotionstream.operations.DatabaseLogin;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SinkConfigTest {
  private static final DatabaseLogin LOGIN =
      new DatabaseLogin("jdbc:postgresql://db:5432/emotions", "", "");
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void givesTheValueThatIsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SinkConfig(LOGIN, Duration.ofHours(23), 1))
        .withMessageContaining("eventRetention must be between 1 and 36500 days")
        .withMessageContaining("PT23H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SinkConfig(LOGIN, WEEK, 0))
        .withMessageContaining("maxBatch must be between 1 and 100000 records, was 0");
  }
}
