// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.model.Engine;
import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model bundle to use, and what computes it. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Model bundle (default: the one that comes with this product).")
  private @Nullable Path file;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "What computes the network: dl4j or onnx (default: ${DEFAULT-VALUE}).",
      defaultValue = "dl4j")
  private String engine = Engine.DL4J.label();

  /** Returns the bundle's file, or null for the one that comes with this product. */
  @Nullable Path file() {
    return file;
  }

  ModelBundle load() throws IOException {
    Engine chosen = Engine.named(engine);
    return (file == null ? ModelBundle.shipped() : ModelBundle.load(file)).withEngine(chosen);
  }
}
