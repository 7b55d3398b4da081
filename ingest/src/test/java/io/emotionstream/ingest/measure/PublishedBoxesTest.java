// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.ingest.detect.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedBoxesTest {
  @TempDir private Path folder;

  @Test
  void readsBoxesOfEachPhoto() throws IOException {
    PublishedBoxes boxes =
        read("file,x,y,width,height\na.jpg,1,2,3,4\nb.jpg,,,,\n\na.jpg,5,6,7,8\n");

    assertThat(boxes.faces().get("a.jpg"))
        .containsExactly(new Box(1, 2, 3, 4), new Box(5, 6, 7, 8));
    assertThat(boxes.faces().get("b.jpg")).isEmpty();
  }

  @Test
  void saysWhichLineIsWrong() {
    assertThatThrownBy(() -> read("x,y\n")).hasMessageContaining("file,x,y,width,height");
    assertThatThrownBy(() -> read("file,x,y,width,height\na.jpg,1,2\n"))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> read("file,x,y,width,height\na.jpg,1,2,3,4\na.jpg,1,2,z,4\n"))
        .hasMessageContaining("line 3");
  }

  private PublishedBoxes read(String text) throws IOException {
    return PublishedBoxes.read(Files.writeString(folder.resolve("boxes.csv"), text));
  }
}
