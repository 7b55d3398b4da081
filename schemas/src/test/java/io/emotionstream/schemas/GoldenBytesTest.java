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
 * Today's schemas read what release 0.1 wrote.
 *
 * <p>The golden files hold a record each in hex. They are never rewritten: a test that fails here
 * means that records which lie on brokers now could not be read any more. A new release adds files
 * of its own.
 */
class GoldenBytesTest {

  static List<SpecificRecord> records() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("records")
  void readsWhatRelease01Wrote(SpecificRecord expected) {
    byte[] golden = golden("0.1/" + expected.getClass().getSimpleName() + ".hex");

    SpecificRecord read = AvroSerde.of(expected.getClass()).decode(golden);

    assertThat(read).isEqualTo(expected);
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
