// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({"250ms,PT0.25S", "30s,PT30S", "10m,PT10M", "2h,PT2H", "7d,PT168H", "PT1M30S,PT1M30S"})
  void readsShortAndIsoForms(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @Test
  void namesWhatIsNoDuration() {
    assertThatThrownBy(() -> Durations.parse("10 parsecs"))
        .hasMessage("'10 parsecs' is no duration: write 250ms, 30s, 10m, 2h or 7d");
  }
}
