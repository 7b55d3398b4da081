// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import picocli.CommandLine.Command;

/**
 * Listed for {@code --help}; the launcher script runs Maven itself, before any of this is built.
 */
@Command(
    name = "package",
    description =
        "Build the release archive; further arguments go to Maven (source checkout only).")
final class PackageCommand implements Runnable {
  @Override
  public void run() {
    throw new IllegalStateException(
        "'package' is run by the ./emotion script of a source checkout, this is not one");
  }
}
