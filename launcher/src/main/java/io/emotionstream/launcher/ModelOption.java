// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model bundle to use. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Model bundle (default: the one that comes with this product).")
  private @Nullable Path file;

  /** Returns the bundle's file, or null for the one that comes with this product. */
  @Nullable Path file() {
    return file;
  }

  ModelBundle load() throws IOException {
    return file == null ? ModelBundle.shipped() : ModelBundle.load(file);
  }
}
