// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestConfigTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void sourcesMustBeNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IngestConfig(List.of(), 1, OptionalDouble.empty(), SECOND))
        .withMessageStartingWith("sources must name at least one, known are rtsp://");
  }

  @Test
  void wrongSourceIsFoundBeforeAnythingIsOpened() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new IngestConfig(
                    List.of("synthetic:", "scanner:0"), 1, OptionalDouble.empty(), SECOND))
        .withMessageStartingWith("source 'scanner:0' has an unknown scheme, known are ");
  }

  @Test
  void camerasMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(0, OptionalDouble.empty(), SECOND))
        .withMessage("cameras must be at least 1, was 0");
  }

  @Test
  void rateMustBePositiveAndFinite() {
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> config(1, OptionalDouble.of(rate), SECOND))
          .withMessage(
              "rate must be above 0 and at most 1000000 faces/s, was %s; leave it out for no limit"
                  .formatted(rate));
    }
  }

  @Test
  void heartbeatIntervalMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(1, OptionalDouble.empty(), Duration.ZERO))
        .withMessage("heartbeat interval must be at least 1 ms, was PT0S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cam-", "hall", "site.2_Door-", "-", "1st."})
  void cameraPrefixIsPlainText(String prefix) {
    assertThat(withPrefix(prefix).cameraPrefix()).isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hall 2-", "hall/", "cam1", "42", "caf\u00e9-", "cam-\n"})
  void otherCameraPrefixesAreRefused(String prefix) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withPrefix(prefix))
        .withMessage(
            "camera prefix must be letters, digits, '.', '_' or '-' and not end with a digit,"
                + " was '%s'; write one like hall-",
            prefix);
  }

  @Test
  void camerasAreNamedCamWhereNothingIsSaid() {
    assertThat(config(1, OptionalDouble.empty(), SECOND)).isEqualTo(withPrefix("cam-"));
  }

  private static IngestConfig withPrefix(String prefix) {
    return new IngestConfig(List.of("synthetic:"), 1, OptionalDouble.empty(), SECOND, prefix);
  }

  private static IngestConfig config(int cameras, OptionalDouble rate, Duration heartbeat) {
    return new IngestConfig(List.of("synthetic:"), cameras, rate, heartbeat);
  }
}
