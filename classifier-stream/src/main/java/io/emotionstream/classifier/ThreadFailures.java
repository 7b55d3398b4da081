// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens when a stream thread dies: a new one takes its place, unless trying again
 * cannot help, or threads keep dying. Safe for use by several threads.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
  private static final int MAX_REPLACED = 10;
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final List<Class<? extends Throwable>> FATAL =
      List.of(
          Error.class,
          BrokenClassifierException.class,
          ConfigException.class,
          InvalidConfigurationException.class,
          AuthenticationException.class,
          AuthorizationException.class,
          UnsupportedVersionException.class,
          MissingSourceTopicException.class,
          SerializationException.class,
          RecordTooLargeException.class,
          InvalidTimestampException.class);

  private final InstantSource clock;
  private final Deque<Instant> replaced = new ArrayDeque<>();
  private boolean logged;
  private @Nullable Throwable fatal;

  ThreadFailures(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns the failure that stopped the stream. */
  synchronized Optional<Throwable> fatal() {
    return Optional.ofNullable(fatal);
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    if (isFatal(failure) || threadsKeepDying()) {
      LOG.error(
          "The classifier stream stops, for a thread failed and a new one would too: {}",
          OneLine.of(failure),
          failure);
      fatal = fatal == null ? failure : fatal;
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    if (!logged) {
      logged = true;
      LOG.warn(
          "A stream thread failed and is replaced; further failures are not logged: {}",
          OneLine.of(failure),
          failure);
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private boolean threadsKeepDying() {
    Instant now = clock.instant();
    while (!replaced.isEmpty() && replaced.element().isBefore(now.minus(PERIOD))) {
      replaced.remove();
    }
    replaced.add(now);
    return replaced.size() > MAX_REPLACED;
  }

  private static boolean isFatal(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> FATAL.stream().anyMatch(type -> type.isInstance(cause)));
  }
}
