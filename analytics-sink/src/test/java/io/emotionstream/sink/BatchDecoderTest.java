// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.testkit.Distributions.window;
import static io.emotionstream.testkit.Events.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchDecoderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Topics TOPICS = Topics.defaults();
  private static final String EVENTS = TOPICS.emotionEvents().name();
  private static final String LATE = TOPICS.lateEvents().name();
  private static final String DISTRIBUTIONS = TOPICS.distributions().name();
  private static final EmotionEvent FACE = event("lobby", HAPPY, NOON).build();
  private static final EmotionDistribution WINDOW =
      window("lobby", NOON, Duration.ofSeconds(10)).counting(HAPPY, 1).build();

  @Test
  void sortsRecordsByTheirTopic() {
    Batch batch =
        decode(
            Map.of(
                EVENTS, List.of(encoded(FACE), encoded(FACE)),
                LATE, List.of(encoded(FACE)),
                DISTRIBUTIONS, List.of(encoded(WINDOW))));

    assertThat(batch.events()).extracting(Row::value).containsExactly(FACE, FACE);
    assertThat(batch.lateEvents()).extracting(Row::value).containsExactly(FACE);
    assertThat(batch.distributions()).extracting(Row::value).containsExactly(WINDOW);
    assertThat(batch.rejections()).isEmpty();
  }

  @Test
  void goesOnBehindTheLastRecordOfAPartition() {
    Batch batch = decode(Map.of(EVENTS, List.of(encoded(FACE), encoded(FACE))));

    assertThat(batch.advances())
        .singleElement()
        .satisfies(advance -> assertThat(advance.expected()).hasValue(40))
        .satisfies(advance -> assertThat(advance.next()).isEqualTo(42));
  }

  @Test
  void rejectsOnlyTheRecordThatIsNoEvent() {
    Batch batch =
        decode(Map.of(EVENTS, List.of("poison".getBytes(UTF_8), encoded(FACE), encoded(WINDOW))));

    assertThat(batch.events()).hasSize(1);
    assertThat(batch.rejections())
        .extracting(rejection -> rejection.source().offset())
        .containsExactly(40L, 42L);
    assertThat(batch.rejections().get(0).error()).contains("not Avro single-object encoding");
    assertThat(batch.rejections().get(1).error()).contains("fingerprint", "EmotionEvent");
    assertThat(batch.advances()).extracting(Advance::next).containsExactly(43L);
  }

  @Test
  void rejectsATombstone() {
    List<byte @Nullable []> values = new ArrayList<>();
    values.add(null);

    Batch batch = decode(Map.of(EVENTS, values));

    assertThat(batch.rejections())
        .singleElement()
        .satisfies(rejection -> assertThat(rejection.error()).contains("tombstone"));
  }

  @Test
  void rejectsAnEventWithoutSevenProbabilities() {
    EmotionEvent six =
        EmotionEvent.newBuilder(FACE)
            .setProbabilities(List.of(0.5f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f))
            .build();

    assertThat(errors(EVENTS, encoded(six))).containsExactly("probabilities must be 7, were 6");
  }

  @Test
  void rejectsACaptureTimeThatNoClockShows() {
    Instant lateTime = Instant.parse("2100-01-01T00:00:00Z");
    EmotionEvent future = EmotionEvent.newBuilder(FACE).setCapturedAt(lateTime).build();
    EmotionEvent past =
        EmotionEvent.newBuilder(FACE).setCapturedAt(Instant.ofEpochMilli(-1)).build();

    assertThat(errors(EVENTS, encoded(future), encoded(past)))
        .allSatisfy(error -> assertThat(error).contains("capturedAt must be in [1970-01-01"))
        .hasSize(2);
  }

  @Test
  void rejectsADistributionThatLacksAClass() {
    Map<String, Long> six = new HashMap<>(WINDOW.getCounts());
    six.remove("FEAR");
    EmotionDistribution lacking = EmotionDistribution.newBuilder(WINDOW).setCounts(six).build();

    assertThat(errors(DISTRIBUTIONS, encoded(lacking)))
        .singleElement()
        .satisfies(error -> assertThat(error).startsWith("counts must have the classes"));
  }

  private static List<String> errors(String topic, byte[]... values) {
    return decode(Map.of(topic, List.of(values))).rejections().stream()
        .map(Rejection::error)
        .toList();
  }

  /** Decodes values that lie from offset 40 on in partition 0 of each topic, stored up to there. */
  private static Batch decode(Map<String, ? extends List<byte @Nullable []>> values) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
    Map<TopicPartition, StoredPosition> positions = new HashMap<>();
    values.forEach(
        (topic, ofTopic) -> {
          TopicPartition partition = new TopicPartition(topic, 0);
          records.put(partition, records(topic, ofTopic));
          positions.put(
              partition,
              new StoredPosition(
                  new PartitionKey(UUID.randomUUID(), topic, 0), OptionalLong.of(40)));
        });
    return new BatchDecoder(TOPICS, RecordFormat.SINGLE_OBJECT)
        .decode(new ConsumerRecords<>(records, Map.of()), positions);
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(
      String topic, List<byte @Nullable []> values) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (byte[] value : values) {
      records.add(new ConsumerRecord<>(topic, 0, 40 + records.size(), new byte[0], value));
    }
    return records;
  }

  private static byte[] encoded(EmotionEvent event) {
    return AvroSerde.<EmotionEvent>of(EmotionEvent.class).encode(event);
  }

  private static byte[] encoded(EmotionDistribution distribution) {
    return AvroSerde.<EmotionDistribution>of(EmotionDistribution.class).encode(distribution);
  }
}
