// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class ConfluentFormatTest {
  private final Numbers registry = new Numbers();
  private final RecordFormat format = new RecordFormat(registry);
  private final AvroSerde<SpecificRecord> faceFrames =
      format.serde(FaceFrame.class, CameraHeartbeat.class);

  @Test
  void writesZeroAndTheSchemasNumberBeforeTheBody() {
    registry.idOf(EmotionEvent.getClassSchema()); // takes the first number

    byte[] bytes = faceFrames.encode(Samples.frame());

    assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 1);
    assertThat(faceFrames.decode(bytes)).isEqualTo(Samples.frame());
  }

  @Test
  void stillReadsWhatWasWrittenWithoutARegistry() {
    byte[] before = AvroSerde.of(EmotionEvent.class).encode(Samples.event());

    assertThat(format.<EmotionEvent>serde(EmotionEvent.class).decode(before))
        .isEqualTo(Samples.event());
  }

  @Test
  void saysWhatMayBeMissingWhereThereIsNoRegistry() {
    byte[] numbered = faceFrames.encode(Samples.frame());

    assertThatThrownBy(() -> AvroSerde.of(FaceFrame.class).decode(numbered))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("they may need --schema-registry");
  }

  @Test
  void readsARecordOfAnotherRelease() throws IOException {
    Schema earlier;
    try (InputStream in = FaceFrame.class.getResourceAsStream("0.1/CameraHeartbeat.avsc")) {
      earlier = new Schema.Parser().parse(in);
    }
    GenericData.Record record = new GenericData.Record(earlier);
    record.put("cameraId", "lobby");
    record.put("observedAt", 1_000_000L);
    earlier.getFields().stream()
        .filter(field -> record.get(field.pos()) == null)
        .forEach(field -> record.put(field.pos(), false));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {0, 0, 0, 0, (byte) registry.idOf(earlier)});
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericData.Record>(earlier).write(record, encoder);

    assertThat(faceFrames.decode(out.toByteArray()))
        .isInstanceOfSatisfying(
            CameraHeartbeat.class, beat -> assertThat(beat.getCameraId()).isEqualTo("lobby"));
  }

  @Test
  void refusesARecordOfAnotherTopicAndDamagedBytes() {
    byte[] event = format.<EmotionEvent>serde(EmotionEvent.class).encode(Samples.event());
    byte[] whole = faceFrames.encode(Samples.frame());

    assertThatThrownBy(() -> faceFrames.decode(event))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("is of io.emotionstream.schemas.EmotionEvent, expected FaceFrame or");
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> faceFrames.decode(cut)).isInstanceOf(SerializationException.class);
    }
  }

  /** A registry that counts. */
  private static final class Numbers implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();

    @Override
    public int idOf(Schema schema) {
      if (!schemas.contains(schema)) {
        schemas.add(schema);
      }
      return schemas.indexOf(schema);
    }

    @Override
    public Schema schemaOf(int id) {
      if (id < 0 || id >= schemas.size()) {
        throw new SerializationException("no schema " + id);
      }
      return schemas.get(id);
    }
  }
}
