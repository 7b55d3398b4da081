// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.json;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.testkit.Distributions.window;
import static io.emotionstream.testkit.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00.000001Z");

  @Test
  void writesAnEventInOneLineWithItsFieldsInOrder() throws IOException {
    EmotionEvent event = event("lobby", HAPPY, NOON).build();

    String text = new String(JsonText.of(event), StandardCharsets.UTF_8);

    assertThat(text).hasLineCount(1);
    JsonNode json = new ObjectMapper().readTree(text);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(
            event.getSchema().getFields().stream().map(Schema.Field::name).toList());
    assertThat(json.path("cameraId").asText()).isEqualTo("lobby");
    assertThat(json.path("emotion").asText()).isEqualTo("HAPPY");
    assertThat(json.path("capturedAt").asText()).isEqualTo("2026-03-10T12:00:00.000001Z");
    assertThat(json.path("probabilities").isArray()).isTrue();
    assertThat(json.path("probabilities").size()).isEqualTo(7);
    assertThat(json.path("label").isNull()).isTrue();
  }

  @Test
  void writesADistributionWithItsCounts() throws IOException {
    EmotionDistribution distribution =
        window("lobby", NOON, Duration.ofSeconds(10)).counting(HAPPY, 3).build();

    JsonNode json = new ObjectMapper().readTree(JsonText.of(distribution));

    assertThat(json.path("total").asLong()).isEqualTo(3);
    for (Schema.Field field : distribution.getSchema().getFields()) {
      assertThat(json.has(field.name())).as(field.name()).isTrue();
    }
  }

  @Test
  void writesWhatIsNoNumberInJsonAsNull() {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "R", "fields": [
                  {"name": "a", "type": "double"}, {"name": "b", "type": "float"},
                  {"name": "c", "type": "double"}]}""");
    IndexedRecord record = new GenericData.Record(schema);
    record.put(0, Double.NaN);
    record.put(1, Float.NEGATIVE_INFINITY);
    record.put(2, 0.5);

    assertThat(new String(JsonText.of(record), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":null,\"b\":null,\"c\":0.5}");
  }
}
