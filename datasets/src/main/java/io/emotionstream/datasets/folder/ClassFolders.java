// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.folder;

import io.emotionstream.schemas.Emotion;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Labels that folder names give, as in the Kaggle layout ({@code train/angry/1.png}).
 *
 * <p>A class has its own name and those that other copies of FER-2013 give it ({@code anger},
 * {@code disgusted}, {@code fearful}, {@code happiness}, {@code sadness}, {@code surprised}), in
 * any case.
 *
 * @param root the directory that holds the data set; kept absolute and normalized
 */
public record ClassFolders(Path root) {
  public ClassFolders {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * Returns the class of the nearest folder above {@code file}, up to the root itself, that has the
   * name of one; nothing if there is none.
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
    return switch (String.valueOf(name).toLowerCase(Locale.ROOT)) {
      case "angry", "anger" -> Optional.of(Emotion.ANGRY);
      case "disgust", "disgusted" -> Optional.of(Emotion.DISGUST);
      case "fear", "fearful" -> Optional.of(Emotion.FEAR);
      case "happy", "happiness" -> Optional.of(Emotion.HAPPY);
      case "sad", "sadness" -> Optional.of(Emotion.SAD);
      case "surprise", "surprised" -> Optional.of(Emotion.SURPRISE);
      case "neutral" -> Optional.of(Emotion.NEUTRAL);
      default -> Optional.empty();
    };
  }
}
