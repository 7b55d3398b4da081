// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SinkConfigTest {
  private static final String URL = "jdbc:postgresql://db:5432/emotions";
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void namesTheFormOfAUrlThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SinkConfig.of("postgres://db/emotions", "", ""))
        .withMessage(
            "jdbcUrl must look like jdbc:postgresql://host:5432/database, was"
                + " 'postgres://db/emotions'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SinkConfig.of("jdbc:postgresql://db:port/emotions", "", ""))
        .withMessageContaining("jdbc:postgresql://db:port/emotions");
  }

  @Test
  void givesTheValueThatIsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SinkConfig(URL, "", "", Duration.ofHours(23), 1))
        .withMessageContaining("eventRetention must be between 1 and 36500 days")
        .withMessageContaining("PT23H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SinkConfig(URL, "", "", WEEK, 0))
        .withMessageContaining("maxBatch must be between 1 and 100000 records, was 0");
  }

  @Test
  void showsNoPassword() {
    SinkConfig config =
        SinkConfig.of(URL + "?user=ann&password=s3cret&sslpassword=s3cret&ssl=true", "", "s3cret");

    assertThat(config.toString()).doesNotContain("s3cret").contains("user=ann", "ssl=true");
    assertThat(config.maskedUrl())
        .isEqualTo(URL + "?user=ann&password=***&sslpassword=***&ssl=true");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SinkConfig.of("postgres://ann:s3cret@db/emotions", "", ""))
        .withMessageContaining("postgres://ann:***@db/emotions");
  }
}
