// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** What a person can do when the broker does not let a command in, or not do what it does. */
final class KafkaRefusals {
  /** The command that lists rights. */
  static final String RIGHTS = "./emotion topics acls";

  private static final int MAX_DEPTH = 20; // causes may be a ring

  private KafkaRefusals() {}

  /** Returns what to do about {@code failure}, if the broker's refusal is behind it. */
  static Optional<String> remedy(Throwable failure) {
    List<Throwable> causes =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_DEPTH).toList();
    if (has(causes, AuthorizationException.class)) {
      return Optional.of("grant the principal what this command needs: '" + RIGHTS + "' lists it");
    }
    if (has(causes, SslAuthenticationException.class)) {
      return Optional.of(
          "check kafka.ssl.truststore.*, the name in the broker's certificate and, if the broker"
              + " asks for a client's, kafka.ssl.keystore.*");
    }
    if (has(causes, AuthenticationException.class)) {
      return Optional.of("check kafka.sasl.mechanism and the name and password it is given");
    }
    return Optional.empty();
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }
}
