// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void saysWhatFailedAndWhyDownToTheRoot() {
    Throwable failure =
        new RuntimeException(
            "task 0_1 failed, stacktrace=\n\tat here\n\tat there",
            new RuntimeException(new IllegalStateException("no memory")));

    assertThat(OneLine.of(failure))
        .isEqualTo(
            "java.lang.RuntimeException: task 0_1 failed, stacktrace=; caused by"
                + " java.lang.RuntimeException: java.lang.IllegalStateException: no memory");
  }

  @Test
  void saysAFailureWithoutCauseOnceAndShort() {
    assertThat(OneLine.of(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(OneLine.of(new IllegalStateException("x".repeat(1000))))
        .hasSize(300)
        .endsWith("...");
  }

  @Test
  void endsWhereCausesAreARing() {
    RuntimeException first = new RuntimeException("first");
    first.initCause(new RuntimeException("second", first));

    assertThat(OneLine.of(first)).startsWith("java.lang.RuntimeException: first");
  }
}
