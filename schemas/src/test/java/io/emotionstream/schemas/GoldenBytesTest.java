// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Today's schemas read what each release wrote.
 *
 * <p>The golden files hold a record each in hex. Those of a release are never rewritten: a test
 * that fails there means that records which lie on brokers now could not be read any more. A new
 * release adds files of its own; until it is out, they follow the schemas.
 */
class GoldenBytesTest {

  static List<SpecificRecord> recordsOf01() {
    return Samples.of01();
  }

  static List<SpecificRecord> recordsOfToday() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("recordsOf01")
  void readsWhatRelease01Wrote(SpecificRecord expected) {
    assertThat(read("0.1", expected.getClass())).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("recordsOfToday")
  void readsWhatRelease02Writes(SpecificRecord expected) {
    assertThat(read("0.2", expected.getClass()))
        .as("0.2 golden bytes; today's are %s", hex(expected))
        .isEqualTo(expected);
  }

  private static <T extends SpecificRecord> T read(String release, Class<T> type) {
    byte[] golden = golden(release + "/" + type.getSimpleName() + ".hex");
    return AvroSerde.<T>of(type).decode(golden);
  }

  private static String hex(SpecificRecord record) {
    return HexFormat.of().formatHex(AvroSerde.<SpecificRecord>of(record.getClass()).encode(record));
  }

  private static byte[] golden(String name) {
    try (InputStream in = GoldenBytesTest.class.getResourceAsStream("golden/" + name)) {
      assertThat(in).as(name).isNotNull();
      return HexFormat.of().parseHex(new String(in.readAllBytes(), US_ASCII).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
