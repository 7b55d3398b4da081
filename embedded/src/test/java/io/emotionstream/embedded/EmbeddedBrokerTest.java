// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final TopicPartition GREETINGS = new TopicPartition("greetings", 0);

  @Test
  void keepsItsRecordsAndItsIdentityOverARestartOnAnotherPort(@TempDir Path directory)
      throws Exception {
    String clusterId;
    int firstPort;
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      createTopic(broker.bootstrapServers());
      sendInTransaction(broker.bootstrapServers(), "hello");
      clusterId = clusterId(broker.bootstrapServers());
      firstPort = broker.port();
    }

    try (ServerSocket taken = new ServerSocket(firstPort, 1, InetAddress.getLoopbackAddress());
        EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      sendInTransaction(broker.bootstrapServers(), "again");

      assertThat(broker.port()).isNotEqualTo(taken.getLocalPort());
      assertThat(clusterId(broker.bootstrapServers())).isEqualTo(clusterId);
      assertThat(committedRecords(broker.bootstrapServers(), 2)).containsExactly("hello", "again");
    }
  }

  @Test
  void startsAgainOnThePortItHad(@TempDir Path directory) throws Exception {
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      port = broker.port();
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      assertThat(broker.bootstrapServers()).endsWith(":" + port);
      assertThat(clusterId(broker.bootstrapServers())).isNotBlank();
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
      assertThat(broker.port()).isEqualTo(port);
    }
  }

  @Test
  void keepsItsRecordsWhenItsProcessIsKilled(@TempDir Path directory) throws Exception {
    try (OtherProcess other = OtherProcess.withBroker(directory)) {
      createTopic(other.address());
      sendInTransaction(other.address(), "hello");
      // Until the commit's marker is written, the next start may lose it: README, "Known limit".
      assertThat(committedRecords(other.address(), 1)).containsExactly("hello");
      other.kill();
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      assertThat(committedRecords(broker.bootstrapServers(), 1)).containsExactly("hello");
    }
  }

  @Test
  void refusesADirectoryThatAnotherProcessUses(@TempDir Path directory) throws Exception {
    try (OtherProcess other = OtherProcess.withBroker(directory)) {
      assertThatIllegalStateException()
          .as("broker at %s runs", other.address())
          .isThrownBy(() -> EmbeddedBroker.start(directory))
          .withMessageContaining(directory.toString())
          .withMessageContaining("in use");
    }
  }

  @Test
  void refusesAPortThatIsTakenAndLeavesTheDirectoryFree(@TempDir Path directory) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatIOException()
          .isThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort()))
          .withMessageContaining("port " + taken.getLocalPort() + " is taken");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedBroker.start(directory, 65536))
        .withMessageContaining("65536");

    DirectoryLock.take(directory).close();
  }

  @Test
  void closesTwiceWithoutHarm(@TempDir Path directory) throws IOException {
    EmbeddedBroker broker = EmbeddedBroker.start(directory);
    broker.close();

    broker.close();

    DirectoryLock.take(directory).close();
  }

  private static void createTopic(String bootstrapServers)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(GREETINGS.topic(), 1, (short) -1))).all().get();
    }
  }

  private static String clusterId(String bootstrapServers)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void sendInTransaction(String bootstrapServers, String value) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "greeter"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(GREETINGS.topic(), value));
      producer.commitTransaction();
    }
  }

  private static List<String> committedRecords(String bootstrapServers, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(GREETINGS));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .pollInSameThread()
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  values.add(record.value());
                }
                return values.size() >= count;
              });
    }
    return values;
  }
}
