// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** Switches the log between one line a fact and everything. */
final class Logging {
  private static final String APPENDER = "stderr";
  private static final String VERBOSE = "%d{HH:mm:ss.SSS} %-5level [%thread] %logger %msg%n%ex";

  private Logging() {}

  /** Adds stack traces, threads, our own DEBUG and Kafka's INFO statements. */
  static void verbose() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    context.getLogger("io.emotionstream").setLevel(Level.DEBUG);
    if (root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> console) {
      PatternLayoutEncoder encoder = new PatternLayoutEncoder();
      encoder.setContext(context);
      encoder.setPattern(VERBOSE);
      encoder.start();
      console.setEncoder(encoder);
    }
  }
}
