// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import io.emotionstream.schemas.Emotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * PNG and JPEG files under a directory, sent as they are.
 *
 * <p>The label is the nearest folder above the file, up to the directory itself, that has the name
 * of a class in any case ({@code train/angry/1.png}); without one there is none.
 */
final class ImageFolderSource implements FaceSource {
  private final Path root;
  private final int cameras;
  private final SkipListener skips;
  private final FileTree files;

  private ImageFolderSource(Path root, int cameras, SkipListener skips) {
    this.root = root;
    this.cameras = cameras;
    this.skips = skips;
    this.files = new FileTree(root);
  }

  static ImageFolderSource open(SourceSpec.Images spec, int cameras, SkipListener skips) {
    Path directory = spec.directory().toAbsolutePath().normalize();
    if (!Files.isDirectory(directory)) {
      throw new SourceException(
          spec.uri(),
          "there is no directory %s; name one with PNG or JPEG face crops".formatted(directory),
          null);
    }
    return new ImageFolderSource(directory, cameras, skips);
  }

  @Override
  public int cameras() {
    return cameras;
  }

  @Override
  public Optional<FaceCrop> next(int camera) throws IOException {
    for (Optional<Path> file = files.next(); file.isPresent(); file = files.next()) {
      try {
        return Optional.of(new FaceCrop(ImageFile.read(file.get()), label(file.get())));
      } catch (UnusableException e) {
        skips.skipped(e.at(file.get().toString()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    // Holds nothing open: each file is read whole.
  }

  private Optional<Emotion> label(Path file) {
    for (Path folder = file.getParent();
        folder != null && folder.startsWith(root);
        folder = folder.getParent()) {
      Optional<Emotion> label = labelOf(folder.getFileName());
      if (label.isPresent()) {
        return label;
      }
    }
    return Optional.empty();
  }

  private static Optional<Emotion> labelOf(@Nullable Path name) {
    return Arrays.stream(Emotion.values())
        .filter(emotion -> emotion.name().equalsIgnoreCase(String.valueOf(name)))
        .findFirst();
  }
}
