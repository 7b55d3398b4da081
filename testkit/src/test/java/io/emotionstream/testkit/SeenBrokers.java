// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Brokers that the test classes of this JVM were given. */
final class SeenBrokers {
  static final Set<String> ALL = new ConcurrentSkipListSet<>();

  private SeenBrokers() {}

  static void add(String bootstrapServers) {
    ALL.add(bootstrapServers);
  }
}
