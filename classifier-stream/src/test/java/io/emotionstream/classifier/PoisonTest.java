// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.classifier.StreamDriver.encoded;
import static io.emotionstream.schemas.DeadLetterReason.BAD_DIMENSIONS;
import static io.emotionstream.schemas.DeadLetterReason.CLASSIFIER_FAILED;
import static io.emotionstream.schemas.DeadLetterReason.FUTURE_TIMESTAMP;
import static io.emotionstream.schemas.DeadLetterReason.KEY_MISMATCH;
import static io.emotionstream.schemas.DeadLetterReason.MALFORMED_RECORD;
import static io.emotionstream.schemas.DeadLetterReason.NON_FINITE_RESULT;
import static io.emotionstream.schemas.DeadLetterReason.NO_VALUE;
import static io.emotionstream.schemas.DeadLetterReason.UNDECODABLE_IMAGE;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.DeadLetterReason;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import io.emotionstream.testkit.Faces;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PoisonTest {
  private static final Headers NO_HEADERS = new RecordHeaders();

  @AutoClose private final StreamDriver stream = StreamDriver.withBatchesOf(4);

  static Stream<Arguments> poison() throws IOException {
    byte[] good = encoded(Faces.frame("lobby", NOON).build());
    return Stream.of(
        bad("tombstone", NO_VALUE, "tombstone", "lobby", null),
        bad("no bytes", MALFORMED_RECORD, "0 bytes are not Avro", "lobby", new byte[0]),
        bad("text", MALFORMED_RECORD, "not Avro single-object", "lobby", new byte[500]),
        bad("cut off", MALFORMED_RECORD, "damaged", "lobby", Arrays.copyOf(good, 40)),
        bad("claims gigabytes", MALFORMED_RECORD, "", "lobby", claimingGigabytes(good)),
        bad("wrong key", KEY_MISMATCH, "the key is hall but the cameraId lobby", "hall", good),
        bad("no key", KEY_MISMATCH, "the key is null", null, good),
        bad("blank camera", MALFORMED_RECORD, "cameraId must", " ", face(" ", NOON)),
        bad("control character", MALFORMED_RECORD, "cameraId must", "a\0", face("a\0", NOON)),
        bad("long camera", MALFORMED_RECORD, "it has 300", "lobby", face("x".repeat(300), NOON)),
        bad("before 1970", MALFORMED_RECORD, "before 1970", "lobby", face("lobby", BEFORE)),
        bad("future", FUTURE_TIMESTAMP, "PT1H30M ahead", "lobby", face("lobby", AHEAD)),
        bad(
            "future heartbeat",
            FUTURE_TIMESTAMP,
            "observedAt is",
            "lobby",
            encoded(Faces.heartbeat("lobby", AHEAD))),
        bad("no width", BAD_DIMENSIONS, "width must be", "lobby", image(0, 48, new byte[0])),
        bad("negative", BAD_DIMENSIONS, "was -48", "lobby", image(48, -48, new byte[0])),
        bad("absurd", BAD_DIMENSIONS, "was 65", "lobby", image(65, 64, new byte[65 * 64])),
        bad("missing pixels", BAD_DIMENSIONS, "got 100", "lobby", image(48, 48, new byte[100])),
        bad(
            "not a picture",
            UNDECODABLE_IMAGE,
            "not a readable PNG",
            "lobby",
            image(ImageEncoding.PNG, 48, 48, new byte[100])),
        bad(
            "decompression bomb",
            BAD_DIMENSIONS,
            "was 100000",
            "lobby",
            image(ImageEncoding.PNG, 48, 48, pngClaiming(100_000, 100_000))),
        bad(
            "not a number",
            NON_FINITE_RESULT,
            "NaN",
            "lobby",
            encoded(Faces.frame("lobby", NOON).answeredWithNaN().build())),
        bad(
            "failing",
            CLASSIFIER_FAILED,
            "makes the classifier fail",
            "lobby",
            encoded(Faces.frame("lobby", NOON).failingClassifier().build())));
  }

  private static final Instant BEFORE = Instant.parse("1969-12-31T23:59:59Z");
  private static final Instant AHEAD = NOON.plus(Duration.ofMinutes(90)).plusSeconds(1);

  @ParameterizedTest(name = "{0}")
  @MethodSource("poison")
  void filesPoisonWithItsBytesAndAnswersTheOthersOfItsBatch(
      String name,
      DeadLetterReason reason,
      String message,
      @Nullable String key,
      byte @Nullable [] value) {
    stream.see("lobby", HAPPY, NOON);
    stream.send(key, value, NOON.plusSeconds(1), NO_HEADERS);
    stream.see("lobby", SAD, NOON.plusSeconds(2));
    stream.settle();

    TestRecord<String, DeadLetter> letter = stream.deadLetters.readRecord();
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.value().getReason()).as(name).isEqualTo(reason);
    assertThat(letter.value().getMessage()).contains(message);
    assertThat(letter.value().getSourceTopic()).isEqualTo("face-frames");
    assertThat(letter.value().getSourcePartition()).isZero();
    assertThat(letter.value().getSourceOffset()).isEqualTo(1);
    assertThat(letter.value().getSourceTimestamp()).isEqualTo(NOON.plusSeconds(1));
    assertThat(letter.value().getOriginal())
        .isEqualTo(value == null ? null : ByteBuffer.wrap(value));
    assertThat(stream.deadLetters.isEmpty()).isTrue();
    assertThat(stream.events.readValuesToList())
        .extracting(EmotionEvent::getEmotion)
        .containsExactly(HAPPY, SAD);
  }

  @Test
  void filesALetterUnderTheTimeOfFiling() {
    stream.wait(Duration.ofHours(1));
    stream.send("lobby", new byte[3], NOON, new RecordHeaders().add("trace", new byte[] {7}));

    TestRecord<String, DeadLetter> letter = stream.deadLetters.readRecord();
    assertThat(letter.getRecordTime()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    assertThat(letter.value().getFailedAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    assertThat(letter.headers().lastHeader("trace").value()).containsExactly(7);
  }

  @Test
  void leavesBytesOutThatNoLetterCouldCarry() {
    stream.send("lobby", new byte[FrameReader.MAX_RECORD_BYTES], NOON, NO_HEADERS);

    TestRecord<String, DeadLetter> letter = stream.deadLetters.readRecord();
    assertThat(letter.key()).isEqualTo("lobby");
    assertThat(letter.value().getReason()).isEqualTo(MALFORMED_RECORD);
    assertThat(letter.value().getMessage()).contains("1048581 bytes, at most 1048576");
    assertThat(letter.value().getOriginal()).isNull();
  }

  @Test
  void refusesHeadersThatNoEventCouldCarry() {
    FaceFrame frame = Faces.frame("lobby", NOON).build();
    Headers headers = new RecordHeaders().add("trace", new byte[FrameReader.MAX_HEADER_BYTES]);

    stream.send("lobby", encoded(frame), NOON, headers);

    TestRecord<String, DeadLetter> letter = stream.deadLetters.readRecord();
    assertThat(letter.value().getReason()).isEqualTo(MALFORMED_RECORD);
    assertThat(letter.value().getMessage())
        .isEqualTo("headers take 524301 bytes, at most 524288 are allowed");
    assertThat(letter.value().getOriginal()).isEqualTo(ByteBuffer.wrap(encoded(frame)));
    assertThat(letter.headers()).isEqualTo(headers);
  }

  @Test
  void answersAFrameWhoseRecordHasAnImpossibleTimestamp() {
    FaceFrame frame = Faces.frame("lobby", NOON).build();
    Instant impossible = Instant.ofEpochMilli(Long.MAX_VALUE);

    stream.send("lobby", encoded(frame), impossible, NO_HEADERS);
    stream.send("lobby", null, impossible, NO_HEADERS);
    stream.settle();

    assertThat(stream.events.readRecord().getRecordTime()).isEqualTo(NOON);
    assertThat(stream.deadLetters.readValue().getSourceTimestamp())
        .isEqualTo(NOON.plus(Duration.ofMinutes(90)));
  }

  @Test
  void keepsAMessageShort() {
    stream.send("x".repeat(5000), encoded(Faces.frame("lobby", NOON).build()), NOON, NO_HEADERS);

    assertThat(stream.deadLetters.readValue().getMessage()).hasSize(500).endsWith("...");
  }

  @Test
  void keepsTheCamerasClockWhereItIsAtAFrameFromTheFuture() {
    stream.see("lobby", HAPPY, NOON);
    stream.send("lobby", face("lobby", AHEAD), NOON, NO_HEADERS);
    stream.see("lobby", HAPPY, NOON.plusSeconds(1));
    stream.settle();

    assertThat(stream.distributions.isEmpty()).isTrue();
    assertThat(stream.lateEvents.isEmpty()).isTrue();
  }

  @Test
  void triesTheFacesOfAFailedBatchOneByOne() {
    stream.see("lobby", HAPPY, NOON);
    stream.send(Faces.frame("lobby", NOON).failingClassifier().build());
    stream.see("lobby", HAPPY, NOON);
    stream.settle();

    assertThat(stream.classifier.batchSizes()).containsExactly(3, 1, 1, 1);
    assertThat(stream.total(ClassifierMetrics.BATCH_FALLBACKS)).isEqualTo(1);
  }

  private static Arguments bad(
      String name,
      DeadLetterReason reason,
      String message,
      @Nullable String key,
      byte @Nullable [] value) {
    return Arguments.of(name, reason, message, key, value);
  }

  private static byte[] face(String cameraId, Instant capturedAt) {
    return encoded(Faces.frame(cameraId, capturedAt).build());
  }

  private static byte[] image(int width, int height, byte[] data) {
    return image(ImageEncoding.GRAY8, width, height, data);
  }

  private static byte[] image(ImageEncoding encoding, int width, int height, byte[] data) {
    FaceImage image = new FaceImage(encoding, width, height, ByteBuffer.wrap(data));
    return encoded(
        FaceFrame.newBuilder(Faces.frame("lobby", NOON).build()).setImage(image).build());
  }

  /** Returns a record whose first string says that it has 2^31 - 9 bytes. */
  private static byte[] claimingGigabytes(byte[] record) {
    byte[] bytes = Arrays.copyOf(record, 40);
    byte[] length = {(byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
    System.arraycopy(length, 0, bytes, 10, length.length);
    return bytes;
  }

  /** Returns the header of a PNG of a size that no heap could take. */
  private static byte[] pngClaiming(int width, int height) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(chunk);
    header.writeBytes("IHDR");
    header.writeInt(width);
    header.writeInt(height);
    header.write(new byte[] {8, 0, 0, 0, 0});
    CRC32 sum = new CRC32();
    sum.update(chunk.toByteArray());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(file);
    out.writeLong(0x89504E470D0A1A0AL);
    out.writeInt(chunk.size() - 4);
    out.write(chunk.toByteArray());
    out.writeInt((int) sum.getValue());
    return file.toByteArray();
  }
}
