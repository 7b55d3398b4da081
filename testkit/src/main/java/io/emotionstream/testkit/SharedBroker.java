// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The one broker of a test JVM: in a container where Docker runs, else embedded.
 *
 * @param bootstrapServers its address
 * @param shutdown stops it and removes its data
 */
record SharedBroker(String bootstrapServers, Shutdown shutdown) implements AutoCloseable {

  interface Shutdown {
    void run() throws IOException;
  }

  static SharedBroker start() throws IOException {
    return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
  }

  @Override
  public void close() throws IOException {
    shutdown.run();
  }

  @SuppressWarnings("resource") // close() stops it
  private static SharedBroker container() {
    KafkaContainer kafka =
        new KafkaContainer(
                DockerImageName.parse("apache/kafka").withTag(AppInfoParser.getVersion()))
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
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
