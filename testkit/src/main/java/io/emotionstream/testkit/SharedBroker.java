// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.utils.AppInfoParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The one broker of a test JVM: in a container where Docker runs and can get its image, else
 * embedded.
 *
 * @param bootstrapServers its address
 * @param shutdown stops it and removes its data
 */
record SharedBroker(String bootstrapServers, Shutdown shutdown) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedBroker.class);

  interface Shutdown {
    void run() throws IOException;
  }

  static SharedBroker start() throws IOException {
    DockerImageName image =
        DockerImageName.parse("apache/kafka").withTag(AppInfoParser.getVersion());
    return DockerClientFactory.instance().isDockerAvailable() && isAtHand(image)
        ? container(image)
        : embedded();
  }

  @Override
  public void close() throws IOException {
    shutdown.run();
  }

  /** Pulls the image unless Docker has it, once; Testcontainers alone would try for minutes. */
  private static boolean isAtHand(DockerImageName image) {
    DockerClientFactory docker = DockerClientFactory.instance();
    try {
      docker.checkAndPullImage(docker.client(), image.asCanonicalNameString());
      return true;
    } catch (RuntimeException e) {
      LOG.warn("Docker runs but cannot get {}; tests use the embedded broker", image, e);
      return false;
    }
  }

  @SuppressWarnings("resource") // close() stops it
  private static SharedBroker container(DockerImageName image) {
    KafkaContainer kafka =
        new KafkaContainer(image).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    kafka.start();
    return new SharedBroker(kafka.getBootstrapServers(), kafka::stop);
  }

  private static SharedBroker embedded() throws IOException {
    Path directory = TestDirectories.fresh("broker-");
    EmbeddedBroker broker = EmbeddedBroker.start(directory);
    return new SharedBroker(
        broker.bootstrapServers(),
        () -> {
          broker.close();
          TestDirectories.delete(directory);
        });
  }
}
