// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;

/** Switches the log between one line a fact and everything, and between text and JSON. */
final class Logging {
  private static final String APPENDER = "stderr";
  private static final String VERBOSE = "%d{HH:mm:ss.SSS} %-5level [%thread] %logger %msg%n%ex";

  private Logging() {}

  /** Writes the log as {@code format} says, and everything of it where it is {@code verbose}. */
  static void set(LogFormat format, boolean verbose) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (verbose) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO); // Kafka's, too
      context.getLogger("io.emotionstream").setLevel(Level.DEBUG);
    }
    if (format == LogFormat.JSON) {
      encode(context, json());
    } else if (verbose) {
      PatternLayoutEncoder encoder = new PatternLayoutEncoder();
      encoder.setPattern(VERBOSE);
      encode(context, encoder);
    }
  }

  /** The object of an event: timestamp, level, thread, logger, message and, if any, throwable. */
  static Encoder<ILoggingEvent> json() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(false);
    encoder.setWithMessage(false); // the pattern, such as "model {} stays"
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    return encoder;
  }

  private static void encode(LoggerContext context, Encoder<ILoggingEvent> encoder) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    if (root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> console) {
      encoder.setContext(context);
      encoder.start();
      console.setEncoder(encoder);
    }
  }
}
