// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.folder;

import io.emotionstream.schemas.Emotion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Labels that folder names give, as in the Kaggle layout ({@code train/angry/1.png}).
 *
 * @param root the directory that holds the data set; kept absolute and normalized
 */
public record ClassFolders(Path root) {
  public ClassFolders {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * Returns the class of the nearest folder above {@code file}, up to the root itself, that has the
   * name of one in any case; nothing if there is none.
   */
  public Optional<Emotion> labelOf(Path file) {
    for (Path folder = file.toAbsolutePath().normalize().getParent();
        folder != null && folder.startsWith(root);
        folder = folder.getParent()) {
      Optional<Emotion> label = classNamed(folder.getFileName());
      if (label.isPresent()) {
        return label;
      }
    }
    return Optional.empty();
  }

  private static Optional<Emotion> classNamed(@Nullable Path name) {
    return Arrays.stream(Emotion.values())
        .filter(emotion -> emotion.name().equalsIgnoreCase(String.valueOf(name)))
        .findFirst();
  }
}
