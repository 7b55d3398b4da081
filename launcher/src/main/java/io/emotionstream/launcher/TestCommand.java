// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import picocli.CommandLine.Command;

/**
 * Listed for {@code --help}; the launcher script runs Maven itself, before any of this is built.
 */
@Command(
    name = "test",
    description = "Run every test; further arguments go to Maven (source checkout only).")
final class TestCommand implements Runnable {
  @Override
  public void run() {
    throw new IllegalStateException(
        "'test' is run by the ./emotion script of a source checkout, this is not one");
  }
}
