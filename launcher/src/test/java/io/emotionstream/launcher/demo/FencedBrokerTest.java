// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class FencedBrokerTest {
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void isOutwaited() throws Exception {
    FencedBroker.outwait(() -> refuse(2), Duration.ofMinutes(1), Duration.ZERO);

    assertThat(attempts).hasValue(3);
  }

  @Test
  void isNotWaitedForForEver() {
    assertThatExceptionOfType(InvalidReplicationFactorException.class)
        .isThrownBy(() -> FencedBroker.outwait(() -> refuse(9), Duration.ZERO, Duration.ZERO));
    assertThat(attempts).hasValue(1);
  }

  @Test
  void isNoReasonToTryAgainAfterOtherFailures() {
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(
            () ->
                FencedBroker.outwait(
                    () -> {
                      attempts.incrementAndGet();
                      throw new TimeoutException("away");
                    },
                    Duration.ofMinutes(1),
                    Duration.ZERO));
    assertThat(attempts).hasValue(1);
  }

  private void refuse(int times) {
    if (attempts.getAndIncrement() < times) {
      throw new InvalidReplicationFactorException("All brokers are currently fenced.");
    }
  }
}
