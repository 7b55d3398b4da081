// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Fer2013SourceTest {
  @TempDir Path directory;
  private final List<Skipped> skips = new ArrayList<>();

  @Test
  void rowsComeInOrderWithTheirLabels() throws IOException {
    Path file =
        write(
            "fer 2013.csv",
            "emotion,pixels,Usage",
            "3," + pixels(10) + ",Training",
            "",
            "0," + pixels(20) + ",PublicTest",
            "6," + pixels(30) + ",PrivateTest");

    List<FaceCrop> crops = read("fer2013:" + file);

    assertThat(crops)
        .extracting(crop -> crop.label().orElseThrow())
        .containsExactly(Emotion.HAPPY, Emotion.ANGRY, Emotion.NEUTRAL);
    FaceImage first = crops.get(0).image();
    assertThat(first.getEncoding()).isEqualTo(ImageEncoding.GRAY8);
    assertThat(first.getWidth()).isEqualTo(48);
    assertThat(first.getHeight()).isEqualTo(48);
    byte[] pixels = first.getData().array();
    assertThat(pixels).hasSize(48 * 48).startsWith(10, 11, 12);
    assertThat(pixels[pixels.length - 1] & 0xFF).isEqualTo((10 + 2303) % 256);
    assertThat(skips).isEmpty();
  }

  @Test
  void usageLeavesOutOtherSplitsWithoutCountingThem() throws IOException {
    Path file =
        write(
            "fer2013.csv",
            "emotion,pixels,Usage",
            "3," + pixels(10) + ",Training",
            "0," + pixels(20) + ",PublicTest");

    List<FaceCrop> crops = read("fer2013:" + file + "?usage=PublicTest");

    assertThat(crops).extracting(FaceCrop::label).containsExactly(Optional.of(Emotion.ANGRY));
    assertThat(skips).isEmpty();
  }

  @Test
  void fileWithoutUsageIsTrainingData() throws IOException {
    Path file = write("fer2013.csv", "emotion,pixels", "1," + pixels(0));

    assertThat(read("fer2013:" + file + "?usage=Training")).hasSize(1);
    assertThat(read("fer2013:" + file + "?usage=PublicTest")).isEmpty();
  }

  @Test
  void malformedRowsAreLeftOutWithLineAndValueAndReason() throws IOException {
    Path file =
        write(
            "fer2013.csv",
            "emotion,pixels,Usage",
            "7," + pixels(0) + ",Training",
            "3,1 2 3,Training",
            "3," + pixels(0).replaceFirst("5", "256") + ",Training",
            "3," + pixels(0).replaceFirst("0", "-1") + ",Training",
            "3," + pixels(0) + " 9,Training",
            "3," + pixels(0) + ",Test",
            "3," + pixels(0),
            "1," + pixels(9) + ",Training");

    List<FaceCrop> crops = read("fer2013:" + file);

    assertThat(crops).extracting(FaceCrop::label).containsExactly(Optional.of(Emotion.DISGUST));
    assertThat(skips)
        .extracting(Skipped::reason)
        .containsExactly(
            SkipReason.BAD_EMOTION,
            SkipReason.BAD_PIXELS,
            SkipReason.BAD_PIXELS,
            SkipReason.BAD_PIXELS,
            SkipReason.BAD_PIXELS,
            SkipReason.BAD_USAGE,
            SkipReason.WRONG_COLUMN_COUNT);
    assertThat(skips.get(0))
        .hasToString(file + " line 2: emotion is not a number from 0 to 6: \"7\"");
    assertThat(skips.get(1)).hasToString(file + " line 3: has 3 pixels, expected 2304: \"1 2 3\"");
    assertThat(skips.get(2))
        .hasToString(file + " line 4: pixel 5 is not a number from 0 to 255: \"256\"");
    assertThat(skips.get(4).toString()).contains("line 6: has 2305 pixels, expected 2304");
    assertThat(skips.get(6).toString())
        .contains("line 8: has 2 columns, expected 3")
        .hasSizeLessThan(250);
  }

  @Test
  void fileWithoutTheColumnsIsRefused() throws IOException {
    Path file = write("other.csv", "label,image", "1,2");

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> read("fer2013:" + file))
        .withMessageContaining("is no FER-2013 file: has no column \"emotion\", its header is ");
  }

  @Test
  void emptyFileIsRefused() throws IOException {
    Path file = write("empty.csv");

    assertThatExceptionOfType(SourceException.class).isThrownBy(() -> read("fer2013:" + file));
  }

  private List<FaceCrop> read(String uri) throws IOException {
    return Crops.readAll(((SourceSpec.Crops) SourceSpec.parse(uri)).open(0, 1, skips::add));
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(directory.resolve(name), List.of(lines));
  }

  /** Returns 2,304 pixels that count up from {@code first}. */
  private static String pixels(int first) {
    List<String> pixels = new ArrayList<>();
    for (int i = 0; i < 48 * 48; i++) {
      pixels.add(Integer.toString((first + i) % 256));
    }
    return String.join(" ", pixels);
  }
}
