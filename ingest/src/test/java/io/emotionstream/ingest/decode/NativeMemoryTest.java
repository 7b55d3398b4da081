// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.ingest.fleet.Scene;
import io.emotionstream.ingest.fleet.SceneWriter;
import io.emotionstream.ingest.measure.MediaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a camera that is opened again and again for months leaves behind. */
class NativeMemoryTest {
  /** A decoder that is not closed holds more than a megabyte. */
  private static final long ALLOWED_GROWTH = 64L << 20;

  private static final int TIMES = 300;

  @TempDir Path folder;

  @Test
  void streamsThatWereReadToTheirEndLeaveNothing() throws IOException {
    Path clip = folder.resolve("clip.mp4");
    SceneWriter.write(clip, new Scene(1), 5);

    leavesNothing(() -> assertThat(new MediaFile(clip).read(frame -> {})).isEqualTo(5));
  }

  @Test
  void streamsThatCannotBeOpenedLeaveNothing() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video\n".repeat(500));

    leavesNothing(() -> refuse(text));
    leavesNothing(() -> refuse(folder.resolve("missing.mp4")));
  }

  private static void refuse(Path file) throws IOException {
    boolean opened = true;
    try {
      new MediaFile(file).read(frame -> {});
    } catch (StreamException e) {
      opened = false;
    }
    assertThat(opened).isFalse();
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static void leavesNothing(Attempt attempt) throws IOException {
    for (int i = 0; i < 50; i++) {
      attempt.run();
    }
    long resident = Pointer.physicalBytes();
    int open = Interrupt.open();

    for (int i = 0; i < TIMES; i++) {
      attempt.run();
    }

    assertThat(Interrupt.open()).isEqualTo(open);
    assertThat(Pointer.physicalBytes() - resident).isLessThan(ALLOWED_GROWTH);
  }
}
