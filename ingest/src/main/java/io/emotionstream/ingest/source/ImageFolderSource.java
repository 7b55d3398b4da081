// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import io.emotionstream.datasets.folder.ClassFolders;
import io.emotionstream.datasets.folder.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** PNG and JPEG files under a directory, sent as they are; {@link ClassFolders} give the label. */
final class ImageFolderSource implements FaceSource {
  private final int cameras;
  private final SkipListener skips;
  private final FileTree files;
  private final ClassFolders labels;

  private ImageFolderSource(Path root, int cameras, SkipListener skips) {
    this.cameras = cameras;
    this.skips = skips;
    this.files = new FileTree(root);
    this.labels = new ClassFolders(root);
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
        return Optional.of(new FaceCrop(ImageFile.read(file.get()), labels.labelOf(file.get())));
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
}
