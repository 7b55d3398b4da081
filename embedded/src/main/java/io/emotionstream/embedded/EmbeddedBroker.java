// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this process: one KRaft node, broker and controller at once, that listens
 * on the loopback interface, without authentication unless {@link BrokerSecurity} is given.
 *
 * <p>Its records, topics, offsets and cluster id live in a directory and are there again after a
 * restart on it, also after the process was killed (which takes some seconds more). Topics are not
 * created by themselves. Safe for use by several threads.
 *
 * <p>The classes behind it are no public API of Kafka: this is the only one that touches them.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final DirectoryLock lock;
  private final KafkaRaftServer server;
  private final int port;
  private boolean closed;

  private EmbeddedBroker(DirectoryLock lock, KafkaRaftServer server, int port) {
    this.lock = lock;
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker on a free port, the same as last time where it can be had, and returns when it
   * takes requests.
   *
   * @param directory where its data is and stays; created if missing
   * @throws IllegalStateException if another broker uses the directory
   * @throws IOException if the directory cannot be used
   */
  public static EmbeddedBroker start(Path directory) throws IOException {
    return start(directory, FreePorts.ANY);
  }

  /**
   * Starts a broker on a port of your choice and returns when it takes requests.
   *
   * @param directory where its data is and stays; created if missing
   * @param port to listen on; 0 to have one chosen
   * @throws IllegalStateException if another broker uses the directory
   * @throws IOException if the directory cannot be used or the port is taken
   */
  public static EmbeddedBroker start(Path directory, int port) throws IOException {
    return start(directory, port, BrokerSecurity.NONE);
  }

  /**
   * Starts a broker that lets in, and do, only who and what {@code security} says.
   *
   * @param directory where its data is and stays; created if missing
   * @param port to listen on; 0 to have one chosen
   * @throws IllegalStateException if another broker uses the directory
   * @throws IOException if the directory cannot be used or the port is taken
   */
  public static EmbeddedBroker start(Path directory, int port, BrokerSecurity security)
      throws IOException {
    DirectoryLock lock = DirectoryLock.take(directory);
    boolean started = false;
    try {
      int chosen = FreePorts.choose(port, directory);
      BrokerSettings settings =
          new BrokerSettings(
              lock.directory().resolve("data"),
              chosen,
              FreePorts.chooseOtherThan(chosen),
              security);
      format(settings);
      giveUpFormerSelf(settings);
      EmbeddedBroker broker = new EmbeddedBroker(lock, run(settings.toProperties()), chosen);
      started = true;
      log.info("broker {} keeps its data in {}", broker.bootstrapServers(), directory);
      return broker;
    } finally { // whatever was thrown: Scala declares no exceptions
      if (!started) {
        lock.close();
      }
    }
  }

  /** Returns the address for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return BrokerSettings.HOST + ":" + port;
  }

  /** Returns the port it listens on. */
  public int port() {
    return port;
  }

  /** Stops the broker in order and frees its directory, whose data stays; idempotent. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      stop(server);
    }
  }

  private static void format(BrokerSettings settings) throws IOException {
    Path data = settings.dataDirectory();
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(data);
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setIgnoreFormatted(true)
          .setScramArguments(settings.security().scramArguments())
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .run();
    } catch (Exception e) { // what run() declares
      throw new IOException(
          "cannot make a broker's storage in %s: %s".formatted(data, e.getMessage()), e);
    }
  }

  private static void giveUpFormerSelf(BrokerSettings settings) throws IOException {
    if (!FormerSelf.wasKilled(settings.dataDirectory())) {
      return;
    }
    log.info("the broker on {} was killed: waiting until it is given up", settings.dataDirectory());
    KafkaRaftServer controller = run(settings.toControllerProperties());
    try {
      FormerSelf.awaitGivenUp();
    } finally {
      stop(controller);
    }
  }

  private static KafkaRaftServer run(Properties properties) {
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    boolean started = false;
    try {
      server.startup();
      started = true;
      return server;
    } finally {
      if (!started) {
        stop(server);
      }
    }
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }
}
