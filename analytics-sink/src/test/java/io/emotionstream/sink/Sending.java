// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static io.emotionstream.testkit.Distributions.window;
import static io.emotionstream.testkit.Events.event;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts what a classifier would write onto the sink's topics. */
record Sending(TestBroker broker, Topics topics) {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int CAMERAS = 5;

  /** Sends {@code count} events, 100 ms apart, of five cameras in turn. */
  void events(int count) {
    events(topics.emotionEvents(), count);
  }

  void lateEvents(int count) {
    events(topics.lateEvents(), count);
  }

  /** Sends {@code count} windows that follow one another, with three faces each. */
  void distributions(int count) {
    broker.send(
        AvroSerde.of(EmotionDistribution.class),
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    window(camera(i), NOON.plusSeconds(10L * i), Duration.ofSeconds(10))
                        .counting(Emotion.HAPPY, 2)
                        .counting(Emotion.SAD, 1)
                        .build())
            .map(
                window ->
                    new ProducerRecord<>(
                        topics.distributions().name(), window.getCameraId(), window))
            .toList());
  }

  /** Sends one value that is no record. */
  void poison(Topic topic, byte[] value) {
    broker.sendBytes(List.of(new ProducerRecord<>(topic.name(), camera(0), value)));
  }

  private void events(Topic topic, int count) {
    Emotion[] classes = Emotion.values();
    broker.send(
        AvroSerde.of(EmotionEvent.class),
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    event(camera(i), classes[i % classes.length], NOON.plusMillis(100L * i))
                        .build())
            .map(face -> new ProducerRecord<>(topic.name(), face.getCameraId(), face))
            .toList());
  }

  private static String camera(int i) {
    return "camera-" + i % CAMERAS;
  }
}
