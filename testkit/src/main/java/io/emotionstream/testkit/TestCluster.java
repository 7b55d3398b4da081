// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kafka.server.BrokerServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/**
 * A real cluster in this process, one controller and three brokers, whose brokers can be stopped
 * and started: for tests of what a lost broker does.
 *
 * <p>Every topic, the internal ones too, has three copies of which two must be in sync, so one
 * broker may be away. Its records live in a directory of its own that goes with it. Sessions are
 * short: what was killed is given up after seconds.
 *
 * <p>The classes behind it are no public API of Kafka: this is the only one that touches them. For
 * one thread.
 */
public final class TestCluster implements AutoCloseable {
  /** Leads a partition that has lost its leader. */
  public static final int NOBODY = -1;

  private static final int BROKERS = 3;

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("broker.heartbeat.interval.ms", "500"),
          Map.entry("broker.session.timeout.ms", "3000"),
          Map.entry("default.replication.factor", "3"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          // The default of 128 MB is taken from the heap at once, by each broker.
          Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
          Map.entry("min.insync.replicas", "2"),
          Map.entry("offsets.topic.num.partitions", "3"),
          Map.entry("offsets.topic.replication.factor", "3"),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          Map.entry("transaction.state.log.min.isr", "2"),
          Map.entry("transaction.state.log.num.partitions", "3"),
          Map.entry("transaction.state.log.replication.factor", "3"));

  private final KafkaClusterTestKit kit;
  private final Path directory;
  private final Map<Integer, BrokerServer> brokers;
  private final String bootstrapServers;

  private TestCluster(KafkaClusterTestKit kit, Path directory) {
    this.kit = kit;
    this.directory = directory;
    this.brokers = new TreeMap<>(kit.brokers());
    this.bootstrapServers = kit.bootstrapServers(); // a broker that stopped has no address
  }

  /** Starts a new, empty cluster and returns when all brokers take requests. */
  public static TestCluster start() {
    try {
      Path directory = TestDirectories.fresh("cluster-");
      KafkaClusterTestKit.Builder builder =
          new KafkaClusterTestKit.Builder(
              new TestKitNodes.Builder()
                  .setBaseDirectory(directory)
                  .setCombined(false) // else stopping a broker hangs
                  .setNumControllerNodes(1)
                  .setNumBrokerNodes(BROKERS)
                  .build());
      SETTINGS.forEach(builder::setConfigProp);
      return start(builder.build(), directory);
    } catch (Exception e) { // what the kit declares
      throw new IllegalStateException("no cluster for the tests: " + e.getMessage(), e);
    }
  }

  /** Returns the cluster as tests of one broker know it. */
  public TestBroker broker() {
    return new TestBroker(bootstrapServers());
  }

  /** Returns the addresses of all brokers; one that comes back has the address that it had. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Returns the broker that leads partition 0 of {@code topic}; {@link #NOBODY} for a moment. */
  public int leaderOf(String topic) {
    try (Admin admin = broker().newAdmin()) {
      TopicDescription description =
          Answers.get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
      Node leader = requireNonNull(description).partitions().get(0).leader();
      return leader == null ? NOBODY : leader.id();
    }
  }

  /** Stops a broker in order: it hands its partitions over first. */
  public void stop(int broker) {
    BrokerServer server = server(broker);
    server.shutdown();
    server.awaitShutdown();
  }

  /** Starts a broker that was stopped; it catches up while it already takes requests. */
  public void start(int broker) {
    server(broker).startup();
  }

  /** Returns whether every partition of every topic has all its copies in sync. */
  public boolean isInSync() {
    try (Admin admin = broker().newAdmin()) {
      Set<String> names =
          Answers.get(admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
      return Answers.get(admin.describeTopics(names).allTopicNames()).values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    }
  }

  /** Stops everything and removes its data. */
  @Override
  public void close() throws IOException {
    try {
      kit.close();
    } catch (Exception e) { // what it declares
      throw new IOException("the cluster did not stop in order: " + e.getMessage(), e);
    } finally {
      remove(directory);
    }
  }

  private static TestCluster start(KafkaClusterTestKit kit, Path directory) throws Exception {
    boolean started = false;
    try {
      kit.format();
      kit.startup();
      kit.waitForReadyBrokers();
      started = true;
      return new TestCluster(kit, directory);
    } finally {
      if (!started) {
        kit.close();
        remove(directory);
      }
    }
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) { // the kit removes it where it stops in order
      TestDirectories.delete(directory);
    }
  }

  private BrokerServer server(int broker) {
    BrokerServer server = brokers.get(broker);
    if (server == null) {
      throw new IllegalArgumentException(
          "there is no broker %d, only %s".formatted(broker, brokers.keySet()));
    }
    return server;
  }
}
