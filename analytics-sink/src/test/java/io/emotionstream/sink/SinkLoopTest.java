// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a broker does not do on demand; the database is one that is not there. */
class SinkLoopTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(SinkLoop.class);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    LOGGER.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    LOGGER.detachAppender(log);
  }

  @Test
  void survivesABrokerThatIsAwayWhileItWaitsForTheDatabase() throws InterruptedException {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    SinkLoop loop = loop(consumer);
    Thread thread = new Thread(loop);
    thread.start();
    try {
      await().until(() -> loop.metrics().retries() == 1);

      consumer.setPollException(new TimeoutException("no answer"));
      await().until(() -> loop.metrics().retries() == 2);

      assertThat(loop.failure()).isEmpty();
      assertThat(thread.isAlive()).isTrue();
    } finally {
      loop.stop();
      thread.join();
    }
  }

  @Test
  void saysWhatFailedWhileItStopped() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    SinkLoop loop = loop(consumer);
    consumer.schedulePollTask(
        () -> {
          loop.stop();
          throw new KafkaException("coordinator lost");
        });

    loop.run();

    assertThat(log.list).anySatisfy(this::isAboutTheCoordinator);
    assertThat(loop.failure()).isEmpty(); // it did not stop by itself
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void endsInOrderWhereTheConsumerDoesNot() {
    SinkLoop loop =
        loop(
            new MockConsumer<>("earliest") {
              @Override
              public synchronized void close(CloseOptions options) {
                throw new KafkaException("coordinator lost");
              }
            });
    loop.stop();

    loop.run();

    assertThat(log.list).anySatisfy(this::isAboutTheCoordinator);
  }

  private void isAboutTheCoordinator(ILoggingEvent event) {
    assertThat(event.getFormattedMessage()).contains("coordinator lost");
  }

  private static SinkLoop loop(MockConsumer<byte[], byte[]> consumer) {
    return new SinkLoop(
        consumer,
        new BatchDecoder(Topics.defaults(), RecordFormat.SINGLE_OBJECT),
        new Positions(consumer, new TopicIds(Map.of())),
        SinkConfig.of("jdbc:postgresql://localhost:1/nowhere", "", ""),
        null,
        new Backoff(LONG, LONG, new Random(1)),
        InstantSource.system());
  }
}
