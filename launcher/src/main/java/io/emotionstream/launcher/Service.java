// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Runs one stage until it fails, comes to its end, or is told to stop. */
final class Service {
  private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

  private Service() {}

  /**
   * Waits while the stage runs.
   *
   * @param stop asked for by whoever runs the process; installed before the stage starts
   * @param failure the stage's fatal failure, if any
   * @param done whether the stage has come to its end by itself
   * @throws IllegalStateException if the stage failed
   */
  static void await(StopSignal stop, Supplier<Optional<Throwable>> failure, BooleanSupplier done)
      throws InterruptedException {
    while (!done.getAsBoolean() && !stop.await(CHECK_INTERVAL)) {
      throwIfPresent(failure.get());
    }
    throwIfPresent(failure.get());
  }

  private static void throwIfPresent(Optional<Throwable> failure) {
    failure.ifPresent(
        cause -> {
          throw new IllegalStateException("stopped by a failure: " + cause.getMessage(), cause);
        });
  }
}
