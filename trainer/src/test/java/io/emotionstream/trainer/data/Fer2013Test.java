// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.schemas.Emotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Fer2013Test {
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
  void splitWithoutRowsIsEmpty() throws IOException {
    assertThat(read("emotion,pixels", "1," + face(7)).split(Usage.PUBLIC_TEST).size()).isZero();
  }

  @Test
  void keepsTheRowNumbersOfFacesAfterMalformedRows() throws IOException {
    Fer2013 data =
        read("emotion,pixels", "7," + face(1), "1,1 2 3", "1," + face(1) + ",", "1," + face(1));

    assertThat(data.split(Usage.TRAINING).size()).isEqualTo(1);
    assertThat(data.split(Usage.TRAINING).get(0).row()).isEqualTo(3);
    assertThat(data.rejected())
        .extracting(RejectedFace::place)
        .containsExactly("line 2", "line 3", "line 4");
  }

  @Test
  void fingerprintsTheAcceptedRows() throws IOException {
    String[] rows = {"emotion,pixels", "1," + face(1), "2," + face(2)};
    String[] relabelled = {"emotion,pixels", "1," + face(1), "3," + face(2)};
    String[] withBadRow = {"emotion,pixels", "1," + face(1), "9," + face(2), "2," + face(2)};

    assertThat(read(rows).fingerprint()).isEqualTo(read(withBadRow).fingerprint());
    assertThat(read(rows).fingerprint()).isNotEqualTo(read(relabelled).fingerprint());
  }

  @Test
  void fingerprintIsThatOfBundlesTrainedBefore() throws IOException {
    Fer2013 data =
        read("emotion,pixels,Usage", "1," + face(1) + ",Training", "2," + face(2) + ",PublicTest");

    // SHA-256 of the bytes 0 1 1 and 1 2 2, each followed by 2,303 zeroes
    assertThat(data.fingerprint())
        .isEqualTo("0ac578bb3e9c59964819b8cb7d487f4c0be4e95d1b30d4770e6033c06f4a8041");
  }

  private Fer2013 read(String... lines) throws IOException {
    Path file = directory.resolve("faces.csv");
    Files.write(file, List.of(lines));
    return Fer2013.read(file);
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
