// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.schemas.Emotion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Fer2013CsvTest {
  @TempDir private Path directory;

  @Test
  void readsRowsIntoTheirSplits() throws IOException {
    Fer2013 data =
        read(
            "emotion,pixels,Usage",
            "3," + face(0, 128, 255) + ",Training",
            "0," + face(1) + ",PublicTest",
            "6," + face(2) + ",PrivateTest");

    LabeledFace first = data.split(Usage.TRAINING).get(0);
    assertThat(first.emotion()).isEqualTo(Emotion.HAPPY);
    assertThat(first.row()).isZero();
    assertThat(first.pixels()).startsWith(0, (byte) 128, (byte) 255);
    assertThat(data.split(Usage.PUBLIC_TEST).get(0).emotion()).isEqualTo(Emotion.ANGRY);
    assertThat(data.split(Usage.PRIVATE_TEST).get(0).row()).isEqualTo(2);
    assertThat(data.rejected()).isEmpty();
  }

  @Test
  void findsColumnsByNameInAnyOrder() throws IOException {
    Fer2013 data = read("id, Usage ,\"pixels\",EMOTION", "17,PublicTest,\"" + face(9) + "\",5");

    LabeledFace only = data.split(Usage.PUBLIC_TEST).get(0);
    assertThat(only.emotion()).isEqualTo(Emotion.SURPRISE);
    assertThat(only.pixels()[0]).isEqualTo((byte) 9);
  }

  @Test
  void takesRowsWithoutUsageAsTrainingData() throws IOException {
    assertThat(read("emotion,pixels", "1," + face(7)).split(Usage.TRAINING).size()).isEqualTo(1);
  }

  @Test
  void readsGzipByContent() throws IOException {
    Path file = directory.resolve("faces.csv");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(("emotion,pixels\n4," + face(1) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    assertThat(Fer2013Csv.read(file).split(Usage.TRAINING).size()).isEqualTo(1);
  }

  @Test
  void reportsMalformedRowsAndKeepsTheOthers() throws IOException {
    Fer2013 data =
        read(
            "emotion,pixels,Usage",
            "7," + face(1) + ",Training",
            "1,1 2 3,Training",
            "1," + face(256) + ",Training",
            "1," + face(1) + ",Test",
            "1," + face(1),
            "1," + face(1).replaceFirst("1", "x") + ",Training",
            "",
            "1," + face(1) + ",Training");

    assertThat(data.split(Usage.TRAINING).size()).isEqualTo(1);
    assertThat(data.split(Usage.TRAINING).get(0).row()).isEqualTo(6);
    assertThat(data.rejected())
        .extracting(RejectedRow::line)
        .containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(data.rejected().get(0))
        .hasToString("line 2: emotion is not a number from 0 to 6: \"7\"");
    assertThat(data.rejected().get(1).reason()).isEqualTo("has 3 pixels, expected 2304");
    assertThat(data.rejected().get(2).value()).isEqualTo("256");
    assertThat(data.rejected().get(3).value()).isEqualTo("Test");
    assertThat(data.rejected().get(4).reason()).isEqualTo("has 2 columns, expected 3");
    assertThat(data.rejected().get(5).reason()).startsWith("pixel 0 is not a number");
  }

  @Test
  void refusesFilesWithoutAColumn() {
    assertThatThrownBy(() -> read("label,pixels", "1," + face(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no column \"emotion\"")
        .hasMessageContaining("label,pixels");
    assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("empty");
  }

  @Test
  void fingerprintsTheAcceptedRows() throws IOException {
    String[] rows = {"emotion,pixels", "1," + face(1), "2," + face(2)};
    String[] relabelled = {"emotion,pixels", "1," + face(1), "3," + face(2)};
    String[] withBadRow = {"emotion,pixels", "1," + face(1), "9," + face(2), "2," + face(2)};

    assertThat(read(rows).fingerprint()).isEqualTo(read(withBadRow).fingerprint());
    assertThat(read(rows).fingerprint()).isNotEqualTo(read(relabelled).fingerprint());
  }

  private Fer2013 read(String... lines) throws IOException {
    Path file = directory.resolve("faces.csv");
    Files.write(file, List.of(lines));
    return Fer2013Csv.read(file);
  }

  /** Returns the pixel column of a face that starts with these values and goes on with zeroes. */
  private static String face(int... first) {
    StringBuilder pixels = new StringBuilder();
    for (int value : first) {
      pixels.append(value).append(' ');
    }
    pixels.append(String.join(" ", Collections.nCopies(FaceNormalizer.PIXELS - first.length, "0")));
    return pixels.toString();
  }
}
