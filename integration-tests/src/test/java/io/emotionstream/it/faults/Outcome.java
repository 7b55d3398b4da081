// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.TestBroker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** All committed records that a run has written, of a camera in their order. */
record Outcome(
    List<ConsumerRecord<String, EmotionEvent>> eventRecords,
    List<ConsumerRecord<String, DeadLetter>> deadLetterRecords,
    List<ConsumerRecord<String, EmotionEvent>> lateRecords,
    List<ConsumerRecord<String, EmotionDistribution>> windowRecords) {

  static Outcome read(TestBroker broker, Topics topics) {
    return new Outcome(
        read(broker, topics.emotionEvents(), EmotionEvent.class),
        read(broker, topics.deadLetters(), DeadLetter.class),
        read(broker, topics.lateEvents(), EmotionEvent.class),
        read(broker, topics.distributions(), EmotionDistribution.class));
  }

  /** Returns what was written after {@code earlier} was read. */
  Outcome since(Outcome earlier) {
    return new Outcome(
        after(earlier.eventRecords, eventRecords),
        after(earlier.deadLetterRecords, deadLetterRecords),
        after(earlier.lateRecords, lateRecords),
        after(earlier.windowRecords, windowRecords));
  }

  /** Returns the number of events and dead letters. */
  int answers() {
    return eventRecords.size() + deadLetterRecords.size();
  }

  List<EmotionEvent> events() {
    return values(eventRecords);
  }

  List<DeadLetter> deadLetters() {
    return values(deadLetterRecords);
  }

  List<EmotionEvent> late() {
    return values(lateRecords);
  }

  List<EmotionDistribution> windows() {
    return values(windowRecords);
  }

  /** Returns the last offsets that the sink has to store. */
  Map<TopicPartition, Long> ends() {
    Map<TopicPartition, Long> ends = new HashMap<>();
    Stream.of(eventRecords, lateRecords, windowRecords)
        .flatMap(List::stream)
        .forEach(
            record ->
                ends.merge(
                    new TopicPartition(record.topic(), record.partition()),
                    record.offset(),
                    Math::max));
    return ends;
  }

  /** Returns each camera's frames in the order of their events. */
  Map<String, List<String>> framesByCamera() {
    Map<String, List<String>> frames = new TreeMap<>();
    for (EmotionEvent event : events()) {
      frames
          .computeIfAbsent(event.getCameraId(), camera -> new ArrayList<>())
          .add(event.getFrameId());
    }
    return frames;
  }

  private static <T extends SpecificRecord> List<ConsumerRecord<String, T>> read(
      TestBroker broker, Topic topic, Class<T> type) {
    return broker.committed(topic, AvroSerde.<T>of(type));
  }

  private static <T> List<T> values(List<ConsumerRecord<String, T>> records) {
    return records.stream().map(ConsumerRecord::value).toList();
  }

  private static <T> List<ConsumerRecord<String, T>> after(
      List<ConsumerRecord<String, T>> earlier, List<ConsumerRecord<String, T>> all) {
    Map<Integer, Long> last = new TreeMap<>();
    earlier.forEach(record -> last.merge(record.partition(), record.offset(), Math::max));
    return all.stream()
        .filter(record -> record.offset() > last.getOrDefault(record.partition(), -1L))
        .toList();
  }
}
