// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a part if the process is told to exit before it could close it itself: PostgreSQL is a
 * process of its own, which would go on without us.
 */
final class ExitHook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExitHook.class);

  private final Thread thread;

  private ExitHook(AutoCloseable part) {
    thread = new Thread(() -> closeQuietly(part), "exit-hook");
  }

  static ExitHook closing(AutoCloseable part) {
    ExitHook hook = new ExitHook(part);
    Runtime.getRuntime().addShutdownHook(hook.thread);
    return hook;
  }

  /** Leaves the part to its owner again. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      LOG.debug("the process is exiting, the hook runs");
    }
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} did not stop: {}", part, e.toString());
    }
  }
}
