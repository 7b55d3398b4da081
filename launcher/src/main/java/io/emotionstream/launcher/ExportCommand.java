// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model bundle in another form. */
@Command(name = "export", description = "Write a model for other runtimes (ONNX).")
final class ExportCommand implements Callable<Integer> {
  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      required = true,
      description =
          "Write the network in the Open Neural Network Exchange format: input faces"
              + " [n, 1, 48, 48] in [0, 1], output calibrated probabilities [n, 7].")
  private @Nullable Path onnx;

  @Override
  public Integer call() throws IOException {
    ModelBundle bundle = model.load();
    if (onnx != null) {
      byte[] content = bundle.toOnnx();
      Files.write(onnx, content);
      System.out.printf("%s: %,d bytes of model %s%n", onnx, content.length, bundle);
    }
    return 0;
  }
}
