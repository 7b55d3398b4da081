// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static java.util.stream.Collectors.toMap;
import static org.apache.kafka.common.IsolationLevel.READ_COMMITTED;
import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final TopicPartition GREETINGS = new TopicPartition("greetings", 0);
  private static final int WRITERS = 6;

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
      other.kill();
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      assertThat(committedRecords(broker.bootstrapServers(), 1)).containsExactly("hello");
    }
  }

  /** Without the controller's head start, one kill in six left readers waiting for ever. */
  @Test
  void finishesTransactionsThatWereAboutToBeCommittedWhenItsProcessWasKilled(
      @TempDir Path directory) throws Exception {
    List<TopicPartition> partitions =
        IntStream.range(0, 8).mapToObj(i -> new TopicPartition("busy", i)).toList();
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try (OtherProcess other = OtherProcess.withBroker(directory)) {
      createTopic(other.address(), "busy", partitions.size());
      AtomicInteger commits = new AtomicInteger();
      for (int writer = 0; writer < WRITERS; writer++) {
        String id = "writer-" + writer;
        pool.execute(() -> commitUntilItFails(other.address(), id, partitions, commits));
      }
      Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> commits.get() > 100);
      other.kill();
    } finally {
      pool.shutdownNow();
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      for (int writer = 0; writer < WRITERS; writer++) { // ends what was open
        producer(broker.bootstrapServers(), "writer-" + writer).close();
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(ends(broker.bootstrapServers(), partitions, READ_COMMITTED))
                      .isEqualTo(ends(broker.bootstrapServers(), partitions, READ_UNCOMMITTED)));
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
    createTopic(bootstrapServers, GREETINGS.topic(), 1);
  }

  private static void createTopic(String bootstrapServers, String topic, int partitions)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) -1))).all().get();
    }
  }

  private static String clusterId(String bootstrapServers)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void sendInTransaction(String bootstrapServers, String value) {
    try (KafkaProducer<String, String> producer = producer(bootstrapServers, "greeter")) {
      commit(producer, List.of(GREETINGS), value);
    }
  }

  private static KafkaProducer<String, String> producer(String bootstrapServers, String id) {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                id,
                "max.block.ms",
                60_000),
            new StringSerializer(),
            new StringSerializer());
    producer.initTransactions();
    return producer;
  }

  private static void commit(
      KafkaProducer<String, String> producer, List<TopicPartition> partitions, String value) {
    producer.beginTransaction();
    partitions.forEach(
        to -> producer.send(new ProducerRecord<>(to.topic(), to.partition(), null, value)));
    producer.commitTransaction();
  }

  private static void commitUntilItFails(
      String bootstrapServers, String id, List<TopicPartition> partitions, AtomicInteger commits) {
    KafkaProducer<String, String> producer = producer(bootstrapServers, id);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        commit(producer, partitions, "hello");
        commits.incrementAndGet();
      }
    } catch (KafkaException e) {
      // the broker was killed
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private static Map<TopicPartition, Long> ends(
      String bootstrapServers, List<TopicPartition> partitions, IsolationLevel isolation)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      Map<TopicPartition, OffsetSpec> latest =
          partitions.stream().collect(toMap(to -> to, to -> OffsetSpec.latest()));
      return admin
          .listOffsets(latest, new ListOffsetsOptions(isolation))
          .all()
          .get()
          .entrySet()
          .stream()
          .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
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
