// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.testkit.FixedAnswerClassifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class CameraWindowsSerdeTest {
  private static final DistributionWindow WINDOW =
      new DistributionWindow(
          Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** Written by version 1. Never change it: brokers hold such bytes. */
  static final String GOLDEN =
      "010006532fef15a3888000000000000000000000010006532fef159000000653"
          + "2fefae26800006532fef15a3880006532fef15a38800000000000000003fa999"
          + "99a000000000000000000000003fa99999a000000000000000000000003fa999"
          + "99a000000000000000000000013fe666666000000000000000000000003fa999"
          + "99a000000000000000000000003fa99999a000000000000000000000003fa999"
          + "99a000000000000001000c663163656430613566316365";

  /** Written by version 2. Never change it: brokers hold such bytes. */
  private static final String GOLDEN_2 =
      "020006532fef1590000000000100000000039387000000000000989680000000"
          + "00039387000006532feb8209000006532fede463000000000000000002";

  private final CameraWindowsSerde serde = new CameraWindowsSerde();

  @Test
  void readsAndWritesTheBytesOfVersion2() {
    CameraWindows camera = new CameraWindows();
    camera.observe(Micros.of(NOON));
    camera.configure(List.of(WINDOW));
    camera.kinds().get(0).fill(Micros.of(NOON.minusSeconds(20)));
    camera.kinds().get(0).miss(2);

    assertThat(HexFormat.of().formatHex(write(camera))).isEqualTo(GOLDEN_2);
    assertThat(read(HexFormat.of().parseHex(GOLDEN_2)))
        .usingRecursiveComparison()
        .isEqualTo(camera);
  }

  @Test
  void readsTheClockAndTheOpenWindowsOfVersion1() {
    CameraWindows camera = read(HexFormat.of().parseHex(GOLDEN));

    assertThat(camera.clock()).isEqualTo(Micros.of(NOON.plusMillis(5)));
    WindowOf01 window = camera.legacy().get(0);
    assertThat(camera.legacy()).hasSize(1);
    assertThat(window.start()).isEqualTo(Micros.of(NOON));
    assertThat(window.end()).isEqualTo(Micros.of(NOON.plusSeconds(10)));
    assertThat(window.firstFace()).isEqualTo(Micros.of(NOON.plusMillis(5)));
    assertThat(window.counts()).containsExactly(0, 0, 0, 1, 0, 0, 0);
    assertThat(window.probabilitySums()[HAPPY.ordinal()]).isEqualTo(0.7f);
    assertThat(window.modelIds()).containsExactly(FixedAnswerClassifier.MODEL_ID);
    assertThat(camera.kinds()).hasSize(1);
    assertThat(camera.kinds().get(0).size).isEqualTo(10_000_000);
  }

  @Test
  void refusesALaterVersionAndDamage() {
    byte[] bytes = write(new CameraWindows());
    byte[] later = bytes.clone();
    later[0] = 9;

    assertThatThrownBy(() -> read(later))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "camera windows have format version 9, this release reads 1 and 2: start the release"
                + " that wrote them, or a newer one");
    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, 12)))
        .isInstanceOf(SerializationException.class)
        .hasMessage("damaged camera windows of 12 bytes");
  }

  private byte[] write(CameraWindows camera) {
    return serde.serializer().serialize("any", camera);
  }

  private CameraWindows read(byte[] bytes) {
    return serde.deserializer().deserialize("any", bytes);
  }
}
