// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.folder;

import io.emotionstream.datasets.fer2013.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Splits that folder names give, as in the Kaggle layout ({@code test/angry/1.png}), in any case.
 *
 * <ul>
 *   <li>{@code train}, {@code training}: training data, as is what lies in no folder of a split
 *   <li>{@code val}, {@code valid}, {@code validation}, {@code public}, {@code publictest}: {@link
 *       Usage#PUBLIC_TEST}
 *   <li>{@code private}, {@code privatetest}: {@link Usage#PRIVATE_TEST}
 *   <li>{@code test}: {@link Usage#PUBLIC_TEST}, or {@link Usage#PRIVATE_TEST} where one of the
 *       folders before it lies beside it under the root, so that two splits never become one
 * </ul>
 *
 * Immutable.
 */
public final class SplitFolders {
  private final Path root;
  private final Usage test;

  private SplitFolders(Path root, Usage test) {
    this.root = root;
    this.test = test;
  }

  /**
   * Looks which splits lie under {@code root}.
   *
   * @throws IOException if it cannot be listed
   */
  public static SplitFolders of(Path root) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    try (Stream<Path> children = Files.list(absolute)) {
      boolean otherPublicTest =
          children.filter(Files::isDirectory).anyMatch(child -> isPublicTest(name(child)));
      return new SplitFolders(absolute, otherPublicTest ? Usage.PRIVATE_TEST : Usage.PUBLIC_TEST);
    } catch (UncheckedIOException e) { // what the stream makes of one
      throw e.getCause();
    }
  }

  /** Returns the split of the topmost folder over {@code file}, below the root, that names one. */
  public Usage usageOf(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    if (!absolute.startsWith(root)) {
      return Usage.TRAINING;
    }
    Path folders = root.relativize(absolute).getParent();
    if (folders != null) {
      for (Path folder : folders) {
        Optional<Usage> usage = usageNamed(name(folder));
        if (usage.isPresent()) {
          return usage.get();
        }
      }
    }
    return Usage.TRAINING;
  }

  private Optional<Usage> usageNamed(String name) {
    if (isPublicTest(name)) {
      return Optional.of(Usage.PUBLIC_TEST);
    }
    return switch (name) {
      case "train", "training" -> Optional.of(Usage.TRAINING);
      case "private", "privatetest" -> Optional.of(Usage.PRIVATE_TEST);
      case "test" -> Optional.of(test);
      default -> Optional.empty();
    };
  }

  private static boolean isPublicTest(String name) {
    return switch (name) {
      case "val", "valid", "validation", "public", "publictest" -> true;
      default -> false;
    };
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT);
  }
}
