// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import picocli.CommandLine.Command;

/**
 * Listed for {@code --help}; the launcher script starts the module benchmarks, which is no part of
 * what is released.
 */
@Command(
    name = "bench",
    description = "Measure speed, latency and memory on this machine (source checkout only).")
final class BenchCommand implements Runnable {
  @Override
  public void run() {
    throw new IllegalStateException(
        "'bench' is run by the ./emotion script of a source checkout, this is not one");
  }
}
