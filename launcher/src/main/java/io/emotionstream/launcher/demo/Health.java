// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns the fatal failure of any stage into the failure of the run. */
final class Health {
  private final List<Supplier<Optional<Throwable>>> failures;

  @SafeVarargs
  Health(Supplier<Optional<Throwable>>... failures) {
    this.failures = List.of(failures);
  }

  /**
   * @throws IllegalStateException if a stage has failed
   */
  void check() {
    for (Supplier<Optional<Throwable>> failure : failures) {
      failure
          .get()
          .ifPresent(
              cause -> {
                throw new IllegalStateException("a stage failed: " + cause.getMessage(), cause);
              });
    }
  }
}
