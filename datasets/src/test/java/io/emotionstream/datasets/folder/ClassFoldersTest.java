// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.Emotion;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassFoldersTest {

  @ParameterizedTest
  @CsvSource({
    "faces, faces/train/surprise/1.png, SURPRISE",
    "faces, faces/train/Angry/2.jpg, ANGRY",
    "faces, faces/HAPPY/session 1/3.png, HAPPY",
    "faces, faces/happy/sad/4.png, SAD",
    "faces/fear, faces/fear/5.png, FEAR",
    "faces/../faces, faces/./neutral/6.png, NEUTRAL",
    "faces, faces/anger/7.png, ANGRY",
    "faces, faces/Disgusted/8.png, DISGUST",
    "faces, faces/fearful/9.png, FEAR",
    "faces, faces/happiness/10.png, HAPPY",
    "faces, faces/sadness/11.png, SAD",
    "faces, faces/surprised/12.png, SURPRISE"
  })
  void nearestFolderWithTheNameOfAClassGivesTheLabel(Path root, Path file, Emotion label) {
    assertThat(new ClassFolders(root).labelOf(file)).contains(label);
  }

  @ParameterizedTest
  @CsvSource({
    "faces, faces/contempt/1.png",
    "faces, faces/sad.png",
    "faces/sad/session, faces/sad/session/1.png",
    "faces, elsewhere/sad/1.png"
  })
  void otherFoldersGiveNone(Path root, Path file) {
    assertThat(new ClassFolders(root).labelOf(file)).isEmpty();
  }

  @Test
  void everyClassHasAFolder() {
    ClassFolders folders = new ClassFolders(Path.of("faces"));

    assertThat(Emotion.values())
        .allSatisfy(
            emotion ->
                assertThat(folders.labelOf(Path.of("faces", emotion.name(), "1.png")))
                    .contains(emotion));
  }
}
