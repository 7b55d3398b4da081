// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.schemas.Emotion;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFacesTest {
  @TempDir private Path root;

  @Test
  void foldersGiveSplitAndLabel() throws IOException {
    picture("test/sad/1.png", 48, 7);
    picture("train/Angry/2.png", 48, 0);
    picture("train/happy/3.png", 48, 255);

    Fer2013 data = Fer2013.read(root);

    assertThat(data.split(Usage.TRAINING).faces())
        .extracting(LabeledFace::emotion)
        .containsExactly(Emotion.ANGRY, Emotion.HAPPY);
    LabeledFace sad = data.split(Usage.PUBLIC_TEST).get(0);
    assertThat(sad.emotion()).isEqualTo(Emotion.SAD);
    assertThat(sad.pixels()).containsOnly((byte) 7);
    assertThat(data.rejected()).isEmpty();
  }

  @Test
  void everyGrayLevelStaysAsItIs() throws IOException {
    BufferedImage ramp = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 48 * 48; i++) {
      ramp.getRaster().setSample(i % 48, i / 48, 0, i % 256);
    }
    Files.createDirectories(root.resolve("fear"));
    ImageIO.write(ramp, "png", root.resolve("fear/ramp.png").toFile());

    byte[] pixels = Fer2013.read(root).split(Usage.TRAINING).get(0).pixels();

    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i] & 0xFF).isEqualTo(i % 256);
    }
  }

  @Test
  void otherSizesAreResizedAndRemembered() throws IOException {
    picture("fear/1.png", 96, 100);

    try (FaceReader reader = FaceReader.open(root, rejected -> {})) {
      FoundFace face = reader.next().orElseThrow();
      assertThat(face.width()).isEqualTo(96);
      assertThat(face.height()).isEqualTo(96);
      assertThat(face.place()).isEqualTo("fear/1.png");
      assertThat(face.face().pixels()).hasSize(48 * 48).containsOnly((byte) 100);
    }
  }

  @Test
  void whatIsNoLabelledPictureIsLeftOutButCounted() throws IOException {
    Files.writeString(root.resolve("README.txt"), "about");
    Files.createDirectories(root.resolve("angry"));
    Files.writeString(root.resolve("angry/1.png"), "junk");
    picture("angry/2.png", 48, 1);

    Fer2013 data = Fer2013.read(root);

    assertThat(data.rejected())
        .extracting(RejectedFace::toString)
        .containsExactly(
            "README.txt: lies in no folder that has the name of a class",
            "angry/1.png: 4 bytes are neither PNG nor JPEG");
    assertThat(data.split(Usage.TRAINING).get(0).row()).isEqualTo(2);
  }

  @Test
  void strictReadingEndsAtTheFirstFault() throws IOException {
    Files.createDirectories(root.resolve("angry"));
    Files.writeString(root.resolve("angry/1.png"), "junk");
    picture("angry/2.png", 48, 1);
    Path csv =
        Files.write(root.resolve("faces.csv"), List.of("emotion,pixels", "9,1 2 3", "1,1 2 3"));

    assertThatIOException()
        .isThrownBy(() -> readStrictly(root))
        .withMessage(
            root
                + ", angry/1.png: 4 bytes are neither PNG nor JPEG (without --strict it is left"
                + " out)");
    assertThatIOException()
        .isThrownBy(() -> readStrictly(csv))
        .withMessageContaining(", line 2: emotion is not a number from 0 to 6: \"9\" (");
  }

  private static List<FoundFace> readStrictly(Path data) throws IOException {
    List<FoundFace> faces = new ArrayList<>();
    try (FaceReader reader = FaceReader.openStrict(data)) {
      for (Optional<FoundFace> next = reader.next(); next.isPresent(); next = reader.next()) {
        faces.add(next.get());
      }
    }
    return faces;
  }

  private void picture(String name, int side, int gray) throws IOException {
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < side * side; i++) {
      picture.getRaster().setSample(i % side, i / side, 0, gray);
    }
    Files.createDirectories(root.resolve(name).resolveSibling("."));
    ImageIO.write(picture, "png", root.resolve(name).toFile());
  }
}
