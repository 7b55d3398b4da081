// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Settings of a small broker that stands alone.
 *
 * @param dataDirectory its log directory
 * @param port for clients
 * @param controllerPort for the broker's talk with its own controller
 * @param security who may come in, and how
 */
record BrokerSettings(Path dataDirectory, int port, int controllerPort, BrokerSecurity security) {
  static final String HOST = "127.0.0.1";
  static final String CONTROLLER = "CONTROLLER";
  static final int NODE_ID = 1;

  /** No copies, one partition for each internal topic, no long waiting for others. */
  private static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("auto.create.topics.enable", "false"),
          // After a kill the broker waits this long for its former self to be given up.
          Map.entry("broker.heartbeat.interval.ms", "1000"),
          Map.entry("broker.session.timeout.ms", "5000"),
          Map.entry("default.replication.factor", "1"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          // The default of 128 MB is taken from the heap at once.
          Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
          Map.entry("min.insync.replicas", "1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"));

  /** Returns the settings of the controller alone. */
  Properties toControllerProperties() {
    Properties properties = toProperties();
    properties.setProperty("process.roles", "controller");
    properties.setProperty("listeners", CONTROLLER + "://" + HOST + ":" + controllerPort);
    properties.remove("advertised.listeners");
    properties.remove("inter.broker.listener.name");
    return properties;
  }

  Properties toProperties() {
    String listener = security.protocol().name;
    String clients = listener + "://" + HOST + ":" + port;
    String controller = HOST + ":" + controllerPort;
    Properties properties = new Properties();
    properties.putAll(SMALL);
    properties.setProperty("node.id", Integer.toString(NODE_ID));
    properties.setProperty("log.dirs", dataDirectory.toString());
    properties.setProperty("listeners", clients + "," + CONTROLLER + "://" + controller);
    properties.setProperty("advertised.listeners", clients);
    properties.setProperty(
        "listener.security.protocol.map",
        listener + ":" + listener + "," + CONTROLLER + ":PLAINTEXT");
    properties.setProperty("inter.broker.listener.name", listener);
    properties.setProperty("controller.listener.names", CONTROLLER);
    properties.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
    properties.putAll(security.settings());
    return properties;
  }
}
