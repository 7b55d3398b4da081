// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Switches the log between one line a fact and everything. */
final class Logging {
  private Logging() {}

  /** Adds stack traces, and our own DEBUG and Kafka's INFO statements. */
  static void verbose() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger("ROOT").setLevel(Level.INFO);
    context.getLogger("io.emotionstream").setLevel(Level.DEBUG);
  }
}
