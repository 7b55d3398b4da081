// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderSourceTest {
  @TempDir Path directory;
  private final List<Skipped> skips = new ArrayList<>();

  @Test
  void classNamedFoldersGiveLabels() throws IOException {
    picture("train/surprise/1.png", "png", 48, 48);
    picture("train/Angry/2.jpg", "jpg", 48, 48);
    picture("train/HAPPY/session 1/3.png", "png", 48, 48);
    picture("train/contempt/4.png", "png", 48, 48);

    List<FaceCrop> crops = read(directory);

    assertThat(crops)
        .extracting(FaceCrop::label)
        .containsExactly(
            Optional.of(Emotion.ANGRY),
            Optional.of(Emotion.HAPPY),
            Optional.empty(),
            Optional.of(Emotion.SURPRISE));
  }

  @Test
  void directoryItselfMayBeAClass() throws IOException {
    picture("fear/1.png", "png", 48, 48);

    List<FaceCrop> crops = read(directory.resolve("fear"));

    assertThat(crops).extracting(FaceCrop::label).containsExactly(Optional.of(Emotion.FEAR));
  }

  @Test
  void foldersAboveTheDirectoryGiveNoLabel() throws IOException {
    picture("sad/faces/1.png", "png", 48, 48);

    List<FaceCrop> crops = read(directory.resolve("sad/faces"));

    assertThat(crops).extracting(FaceCrop::label).containsExactly(Optional.empty());
  }

  @Test
  void filesAreSentAsTheyAreWithTheSizeOfTheirHeader() throws IOException {
    Path png = picture("a b ü.PNG", "png", 31, 17);
    Path jpeg = picture("wrongly named.png", "jpg", 640, 480);

    List<FaceCrop> crops = read(directory);

    FaceImage first = crops.get(0).image();
    assertThat(first.getEncoding()).isEqualTo(ImageEncoding.PNG);
    assertThat(List.of(first.getWidth(), first.getHeight())).containsExactly(31, 17);
    assertThat(first.getData().array()).isEqualTo(Files.readAllBytes(png));
    FaceImage second = crops.get(1).image();
    assertThat(second.getEncoding()).isEqualTo(ImageEncoding.JPEG);
    assertThat(List.of(second.getWidth(), second.getHeight())).containsExactly(640, 480);
    assertThat(second.getData().array()).isEqualTo(Files.readAllBytes(jpeg));
  }

  @Test
  void orderIsThatOfTheNames() throws IOException {
    for (String name : List.of("b/2.png", "b/10.png", "a.png", "c/d/1.png", "c.png")) {
      picture(name, "png", name.length(), 1);
    }

    List<FaceCrop> crops = read(directory);

    // a.png, b/10.png, b/2.png, c/d/1.png, c.png: told apart by their widths
    assertThat(crops).extracting(crop -> crop.image().getWidth()).containsExactly(5, 8, 7, 9, 5);
  }

  @Test
  void unusableFilesAreNamedAndTheRestGoesOn() throws IOException {
    Files.writeString(directory.resolve("1 notes.txt"), "not a picture");
    Files.write(directory.resolve("2 empty.png"), new byte[0]);
    byte[] whole = Files.readAllBytes(picture("9 good.png", "png", 20, 20));
    Files.write(directory.resolve("3 cut.png"), Arrays.copyOf(whole, 12));
    Files.write(directory.resolve("4 large.png"), new byte[1_000_001]);
    Files.write(directory.resolve(".hidden.png"), new byte[5]);

    List<FaceCrop> crops = read(directory);

    assertThat(crops).hasSize(1);
    assertThat(skips)
        .extracting(Skipped::reason)
        .containsExactly(
            SkipReason.NOT_AN_IMAGE,
            SkipReason.NOT_AN_IMAGE,
            SkipReason.UNREADABLE_FILE,
            SkipReason.TOO_LARGE);
    assertThat(skips.get(0))
        .hasToString(directory.resolve("1 notes.txt") + ": 13 bytes are neither PNG nor JPEG");
    assertThat(skips.get(2).toString()).contains("3 cut.png: 12 bytes are not a readable PNG");
    assertThat(skips.get(3).toString())
        .endsWith("4 large.png: has 1,000,001 bytes, a record holds 1,000,000: crop or shrink it");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // has no named pipes among files
  void pipeIsNamedInsteadOfWaitedFor() throws Exception {
    Path pipe = directory.resolve("1 pipe.png");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    picture("2.png", "png", 20, 20);

    List<FaceCrop> crops = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> read(directory));

    assertThat(crops).hasSize(1);
    assertThat(skips)
        .extracting(Skipped::toString)
        .containsExactly(pipe + ": is a pipe, a device or the like, not a file");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // links need a right there
  void brokenLinkIsNamed() throws IOException {
    Path link = directory.resolve("1.png");
    Files.createSymbolicLink(link, directory.resolve("gone.png"));
    picture("2.png", "png", 20, 20);

    assertThat(read(directory)).hasSize(1);
    assertThat(skips).extracting(Skipped::reason).containsExactly(SkipReason.UNREADABLE_FILE);
    assertThat(skips.get(0).toString()).startsWith(link + ": cannot be read: ");
  }

  @Test
  void linkToAFolderAboveDoesNotLoop() throws IOException {
    picture("a/1.png", "png", 20, 20);
    Files.createSymbolicLink(directory.resolve("a/up"), directory);

    assertThat(read(directory)).hasSize(1);
  }

  private List<FaceCrop> read(Path folder) throws IOException {
    return Crops.readAll(
        ((SourceSpec.Crops) SourceSpec.parse("images:" + folder)).open(0, 2, skips::add));
  }

  private Path picture(String name, String format, int width, int height) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return Files.write(file, out.toByteArray());
  }
}
