// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
  private Instant now = NOON;
  private final ThreadFailures failures = new ThreadFailures(() -> now);

  @Test
  void replacesAThreadThatLostItsBroker() {
    var response = failures.handle(new StreamsException(new NotEnoughReplicasException("two")));

    assertThat(response).isEqualTo(REPLACE_THREAD);
    assertThat(failures.fatal()).isEmpty();
  }

  @Test
  void stopsWhereANewThreadWouldFailToo() {
    StreamsException failure = new StreamsException(new TopicAuthorizationException("no access"));

    var response = failures.handle(failure);

    assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(failures.fatal()).containsSame(failure);
  }

  @Test
  void stopsWhereTheNetworkIsBroken() {
    var response =
        failures.handle(new StreamsException(new BrokenClassifierException("fails at any face")));

    assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void stopsWhereThreadsKeepDying() {
    for (int i = 0; i < 10; i++) {
      now = now.plusSeconds(1);
      assertThat(failures.handle(new IllegalStateException("bug"))).isEqualTo(REPLACE_THREAD);
    }

    assertThat(failures.handle(new IllegalStateException("bug"))).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(failures.fatal()).isPresent();
  }

  @Test
  void goesOnWhereAThreadDiesNowAndThen() {
    for (int i = 0; i < 100; i++) {
      now = now.plus(Duration.ofSeconds(10));
      assertThat(failures.handle(new IllegalStateException("bad day"))).isEqualTo(REPLACE_THREAD);
    }
  }
}
