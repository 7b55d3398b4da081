// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * How a broker guards its one listener, which it uses itself, too.
 *
 * @param protocol of the listener
 * @param settings of the broker by name, such as {@code ssl.keystore.location}; they go over the
 *     usual ones
 * @param scramUsers password by name of users of SCRAM-SHA-512 that are there from the first start
 *     on
 */
public record BrokerSecurity(
    SecurityProtocol protocol, Map<String, String> settings, Map<String, String> scramUsers) {
  /** Everybody may come in and do everything. */
  public static final BrokerSecurity NONE =
      new BrokerSecurity(SecurityProtocol.PLAINTEXT, Map.of(), Map.of());

  public BrokerSecurity {
    settings = Map.copyOf(settings);
    scramUsers = Map.copyOf(scramUsers);
  }

  @Override
  public String toString() {
    return "BrokerSecurity[protocol=%s, settings=%s, scramUsers=%s]"
        .formatted(protocol, settings.keySet(), scramUsers.keySet());
  }

  /** Returns the users as Kafka's storage tool takes them. */
  List<String> scramArguments() {
    return new TreeMap<>(scramUsers)
        .entrySet().stream()
            .map(
                user ->
                    "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user.getKey(), user.getValue()))
            .toList();
  }
}
