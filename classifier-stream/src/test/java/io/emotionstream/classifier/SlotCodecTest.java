// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SlotCodecTest {
  private static final Headers HEADERS =
      new RecordHeaders().add("trace", new byte[] {1, 2}).add("empty", null);

  @Test
  void readsWhatItWrote() {
    Slot slot = new Slot("lobby", 17, 4, HEADERS, new byte[] {5, 6, 7});

    Slot copy = SlotCodec.decode(SlotCodec.encode(slot));

    assertThat(copy).usingRecursiveComparison().isEqualTo(slot);
  }

  @Test
  void readsTheBytesOfVersion1() {
    byte[] golden =
        HexFormat.of()
            .parseHex(
                "01"
                    + "0000000000000011"
                    + "0000000000000004"
                    + "00000005"
                    + "6c6f626279"
                    + "00000001"
                    + "09"
                    + "00000001"
                    + "00000001"
                    + "74"
                    + "ffffffff");

    Slot slot = SlotCodec.decode(golden);

    assertThat(SlotCodec.encode(slot)).isEqualTo(golden);
    assertThat(slot)
        .usingRecursiveComparison()
        .isEqualTo(new Slot("lobby", 17, 4, new RecordHeaders().add("t", null), new byte[] {9}));
  }

  @Test
  void refusesALaterVersionAndDamage() {
    byte[] bytes = SlotCodec.encode(new Slot("lobby", 17, 4, HEADERS, new byte[] {5, 6, 7}));
    byte[] later = bytes.clone();
    later[0] = 2;

    assertThatThrownBy(() -> SlotCodec.decode(later))
        .isInstanceOf(SerializationException.class)
        .hasMessage("waiting frame has format version 2, this release reads 1");
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SlotCodec.decode(cut))
          .isInstanceOf(SerializationException.class)
          .hasMessageStartingWith("damaged waiting frame");
    }
  }

  @Test
  void measuresKeyValueAndHeaders() {
    Slot slot = new Slot("lobby", 17, 4, HEADERS, new byte[] {5, 6, 7});

    assertThat(slot.size()).isEqualTo(5 + 3 + (8 + 5 + 2) + (8 + 5));
  }
}
