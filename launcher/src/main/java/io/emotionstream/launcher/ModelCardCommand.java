// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.trainer.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what a model is, can do and must not be used for. */
@Command(
    name = "model-card",
    description = "Write a model's card in Markdown from its bundle and its evaluations.")
final class ModelCardCommand implements Callable<Integer> {
  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--evaluation",
      paramLabel = "DIR",
      arity = "1..*",
      required = true,
      description =
          "What 'evaluate --out' wrote: of this model, the one to show class by class last; of"
              + " others and of baselines to compare with.")
  private List<Path> evaluations = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write (default: standard output).")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    String card = ModelCard.of(model.load(), evaluations);
    if (out == null) {
      System.out.print(card);
    } else {
      Files.writeString(out, card);
    }
    return 0;
  }
}
