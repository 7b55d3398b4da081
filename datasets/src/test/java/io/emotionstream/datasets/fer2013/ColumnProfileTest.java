// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

import static io.emotionstream.datasets.fer2013.ColumnProfile.Type.EMPTY;
import static io.emotionstream.datasets.fer2013.ColumnProfile.Type.INTEGER;
import static io.emotionstream.datasets.fer2013.ColumnProfile.Type.INTEGERS;
import static io.emotionstream.datasets.fer2013.ColumnProfile.Type.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnProfileTest {
  @TempDir private Path directory;

  @Test
  void findsTypesAndCountsEmptyCells() throws IOException {
    Path file =
        Files.write(
            directory.resolve("faces.csv"),
            List.of(
                "\uFEFFemotion,\"pixels\",Usage,note",
                "3,1 2 3,Training,",
                "",
                ",4 5 6,PublicTest,",
                "-1,\"7 8 9\",,",
                "5"));

    assertThat(ColumnProfile.allOf(file))
        .containsExactly(
            new ColumnProfile("emotion", INTEGER, 4, 1),
            new ColumnProfile("pixels", INTEGERS, 3, 0),
            new ColumnProfile("Usage", TEXT, 3, 1),
            new ColumnProfile("note", EMPTY, 3, 3));
  }
}
