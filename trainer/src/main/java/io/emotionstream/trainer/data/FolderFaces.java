// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import io.emotionstream.datasets.folder.ClassFolders;
import io.emotionstream.datasets.folder.FileTree;
import io.emotionstream.datasets.folder.SplitFolders;
import io.emotionstream.model.FaceDecoder;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.GrayImage;
import io.emotionstream.model.InvalidFaceException;
import io.emotionstream.schemas.Emotion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * PNG and JPEG files in class-named folders, in the same order on every machine; a face's row is
 * the number of its file, files that are left out included.
 */
final class FolderFaces implements FaceReader {
  /** Pictures from disk are no network input: only what the heap holds bounds their size. */
  private static final int MAX_SIDE = 8192;

  private static final long MAX_BYTES = 64L << 20;

  private final Path root;
  private final Consumer<RejectedFace> rejected;
  private final FileTree files;
  private final ClassFolders labels;
  private final SplitFolders splits;
  private final FaceDecoder decoder = new FaceDecoder(MAX_SIDE);
  private int row;

  private FolderFaces(Path root, SplitFolders splits, Consumer<RejectedFace> rejected) {
    this.root = root;
    this.rejected = rejected;
    this.files = new FileTree(root);
    this.labels = new ClassFolders(root);
    this.splits = splits;
  }

  static FolderFaces open(Path directory, Consumer<RejectedFace> rejected) throws IOException {
    Path root = directory.toAbsolutePath().normalize();
    return new FolderFaces(root, SplitFolders.of(root), rejected);
  }

  @Override
  public Optional<FoundFace> next() throws IOException {
    for (Optional<Path> file = files.next(); file.isPresent(); file = files.next()) {
      Optional<FoundFace> face = read(file.get(), row++);
      if (face.isPresent()) {
        return face;
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    // Holds nothing open: each file is read whole.
  }

  private Optional<FoundFace> read(Path file, int index) throws IOException {
    String place = root.relativize(file).toString().replace(File.separatorChar, '/');
    Optional<Emotion> label = labels.labelOf(file);
    if (label.isEmpty()) {
      return reject(place, "folder", "lies in no folder that has the name of a class");
    }
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
      return reject(place, "file", "is no file of at most %d MiB".formatted(MAX_BYTES >> 20));
    }
    try {
      GrayImage picture = decoder.decodeFile(Files.readAllBytes(file));
      LabeledFace face = new LabeledFace(index, label.get(), pixels(picture));
      return Optional.of(
          new FoundFace(place, splits.usageOf(file), face, picture.width(), picture.height()));
    } catch (InvalidFaceException e) {
      return reject(place, "picture", String.valueOf(e.getMessage()));
    }
  }

  private Optional<FoundFace> reject(String place, String fault, String detail) {
    rejected.accept(new RejectedFace(place, fault, detail));
    return Optional.empty();
  }

  /** Resizes as serving does, then rounds to whole gray levels; 48x48 pixels stay as they are. */
  private static byte[] pixels(GrayImage picture) {
    float[] values = FaceNormalizer.normalize(picture);
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(values[i] * 255);
    }
    return pixels;
  }
}
