// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroSerdeTest {
  private final AvroSerde<SpecificRecord> faceFrames =
      AvroSerde.of(FaceFrame.class, CameraHeartbeat.class);

  static List<SpecificRecord> records() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("records")
  void readsWhatItWrote(SpecificRecord record) {
    AvroSerde<SpecificRecord> serde = AvroSerde.of(record.getClass());

    assertThat(serde.decode(serde.encode(record))).isEqualTo(record);
  }

  @Test
  void tellsTheRecordsOfOneTopicApart() {
    assertThat(faceFrames.decode(faceFrames.encode(Samples.frame()))).isInstanceOf(FaceFrame.class);
    assertThat(faceFrames.decode(faceFrames.encode(Samples.heartbeat())))
        .isInstanceOf(CameraHeartbeat.class);
  }

  @Test
  void passesTombstonesThrough() {
    assertThat(faceFrames.serializer().serialize("t", null)).isNull();
    assertThat(faceFrames.deserializer().deserialize("t", null)).isNull();
  }

  @Test
  void refusesBytesThatAreNoRecord() {
    assertThatThrownBy(() -> faceFrames.decode(new byte[] {1, 2, 3}))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "3 bytes are not Avro single-object encoding (C3 01 and a fingerprint), expected"
                + " FaceFrame or CameraHeartbeat");
  }

  @Test
  void refusesARecordOfAnotherTopic() {
    byte[] event = AvroSerde.of(EmotionEvent.class).encode(Samples.event());

    assertThatThrownBy(() -> faceFrames.decode(event))
        .isInstanceOf(SerializationException.class)
        .hasMessageMatching(
            "schema fingerprint [0-9a-f]{16} is unknown, expected FaceFrame or CameraHeartbeat");
  }

  @Test
  void refusesADamagedBody() {
    byte[] whole = faceFrames.encode(Samples.frame());

    for (int length = 10; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> faceFrames.decode(cut))
          .isInstanceOf(SerializationException.class)
          .hasMessageStartingWith("damaged FaceFrame or CameraHeartbeat");
    }
  }

  @Test
  void refusesAFieldThatClaimsGigabytes() {
    byte[] claim = Arrays.copyOf(faceFrames.encode(Samples.frame()), 40);
    byte[] twoGigabytes = {-2, -1, -1, -1, 15}; // the length of frameId, zigzag and variable
    System.arraycopy(twoGigabytes, 0, claim, 10, twoGigabytes.length);

    assertThatThrownBy(() -> faceFrames.decode(claim))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("damaged FaceFrame or CameraHeartbeat");
  }

  @Test
  void refusesToWriteARecordOfAnotherTopic() {
    assertThatThrownBy(() -> faceFrames.encode(Samples.event()))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "cannot write a io.emotionstream.schemas.EmotionEvent here, expected FaceFrame or"
                + " CameraHeartbeat");
  }
}
