// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.testkit.Events;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class CameraWindowsSerdeTest {
  private static final DistributionWindow WINDOW =
      new DistributionWindow(Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** Written by version 1. Never change it: brokers hold such bytes. */
  private static final String GOLDEN =
      "010006532fef15a3888000000000000000000000010006532fef159000000653"
          + "2fefae26800006532fef15a3880006532fef15a38800000000000000003fa999"
          + "99a000000000000000000000003fa99999a000000000000000000000003fa999"
          + "99a000000000000000000000013fe666666000000000000000000000003fa999"
          + "99a000000000000000000000003fa99999a000000000000000000000003fa999"
          + "99a000000000000001000c663163656430613566316365";

  private final CameraWindowsSerde serde = new CameraWindowsSerde();

  @Test
  void readsWhatItWrote() {
    CameraWindows camera = new CameraWindows();
    camera.add(Events.event("lobby", HAPPY, NOON).build(), WINDOW);
    camera.add(Events.event("lobby", SAD, NOON.plusSeconds(1)).classifiedBy("b").build(), WINDOW);
    camera.add(Events.event("lobby", SAD, NOON.plusSeconds(10)).build(), WINDOW);

    CameraWindows copy = read(write(camera));

    assertThat(copy).usingRecursiveComparison().isEqualTo(camera);
  }

  @Test
  void keepsACamerasClockAndLastClosedWindow() {
    CameraWindows camera = new CameraWindows();
    camera.add(Events.event("lobby", HAPPY, NOON).build(), WINDOW);
    camera.closeAll();

    CameraWindows copy = read(write(camera));

    assertThat(copy.clock()).isEqualTo(Micros.of(NOON));
    assertThat(copy.closedThrough()).isEqualTo(Micros.of(NOON.plusSeconds(10)));
    assertThat(copy.open()).isEmpty();
  }

  @Test
  void readsAndWritesTheBytesOfVersion1() {
    CameraWindows camera = new CameraWindows();
    camera.observe(Micros.of(NOON.minusSeconds(20)));
    camera.add(Events.event("lobby", HAPPY, NOON.plusMillis(5)).build(), WINDOW);

    assertThat(HexFormat.of().formatHex(write(camera))).isEqualTo(GOLDEN);
    assertThat(read(HexFormat.of().parseHex(GOLDEN))).usingRecursiveComparison().isEqualTo(camera);
  }

  @Test
  void refusesALaterVersionAndDamage() {
    byte[] bytes = write(new CameraWindows());
    byte[] later = bytes.clone();
    later[0] = 9;

    assertThatThrownBy(() -> read(later))
        .isInstanceOf(SerializationException.class)
        .hasMessage("camera windows have format version 9, this release reads 1");
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
