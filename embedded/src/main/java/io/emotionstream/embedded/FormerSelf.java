// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker that was killed on a directory and that the cluster still takes for alive, for one
 * session.
 *
 * <p>A broker that starts meanwhile finds itself the leader of its partitions before its socket is
 * open: it then tries to finish transactions that were about to be committed, is fenced in the name
 * of its former self, loses its leaders for a moment, and Kafka 4.3.1 gives the commit up
 * ("Couldn't find leader endpoint"): {@code read_committed} readers wait before it for ever. So the
 * controller runs alone until it has given the former self up.
 */
final class FormerSelf {
  private static final Logger log = LoggerFactory.getLogger(FormerSelf.class);

  /** What Kafka leaves where it stopped in order. */
  private static final String CLEAN = ".kafka_cleanshutdown";

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private FormerSelf() {}

  /** Whether a broker on {@code data} was killed; false if there was none. */
  static boolean wasKilled(Path data) {
    return Files.exists(data.resolve("__cluster_metadata-0")) && !Files.exists(data.resolve(CLEAN));
  }

  /** Waits until the controller of this process, which runs without a broker, has given it up. */
  static void awaitGivenUp() throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    try {
      while (brokers("FencedBrokerCount") == 0 || brokers("ActiveBrokerCount") > 0) {
        if (System.nanoTime() > end) { // it may have been killed before it was known at all
          log.warn("the broker that was killed is not given up after {}; starting anyway", LIMIT);
          return;
        }
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the broker starts", e);
    }
  }

  /** Returns a number of the controller's, 0 before it has one. */
  private static int brokers(String gauge) {
    try {
      Object value =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName("kafka.controller:type=KafkaController,name=" + gauge), "Value");
      return value instanceof Integer count ? count : 0;
    } catch (InstanceNotFoundException e) {
      return 0;
    } catch (JMException e) {
      throw new IllegalStateException("Kafka's controller has no readable " + gauge, e);
    }
  }
}
