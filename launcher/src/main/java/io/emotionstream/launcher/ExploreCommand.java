// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.trainer.explore.ExploreConfig;
import io.emotionstream.trainer.explore.Explorer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at a data set before anything is trained on it. */
@Command(
    name = "explore",
    description =
        "Explore a data set: labels, light, blur, duplicates, leaks, likely mislabels, principal"
            + " components.")
final class ExploreCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "For report.html, its figures, report.json and quality.csv. It will hold pictures of"
              + " people.",
      required = true)
  private Path out;

  @Option(
      names = "--strict",
      description = "Stop at the first malformed row or file instead of leaving it out.")
  private boolean strict;

  @Option(
      names = "--votes",
      paramLabel = "FILE",
      description = "FER+ votes of the faces, plain or .gz; several files by repeating it.")
  private List<Path> votes = List.of();

  @Option(
      names = "--near",
      paramLabel = "R",
      description = "Least correlation of near duplicates (default: ${DEFAULT-VALUE}).",
      defaultValue = ExploreConfig.DEFAULT_NEAR_CORRELATION)
  private double near;

  @Option(
      names = "--doubt",
      paramLabel = "P",
      description =
          "Least confidence with which the model contradicts a label (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = ExploreConfig.DEFAULT_DOUBT_CONFIDENCE)
  private double doubt;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Chooses the faces that samples show (default: ${DEFAULT-VALUE}).",
      defaultValue = "42")
  private long seed;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ExploreCommand() {}

  @Override
  public Integer call() throws Exception {
    ExploreConfig config = new ExploreConfig(data.file(), out, strict, votes, near, doubt, seed);
    try (EmotionClassifier classifier = model.load().newClassifier()) {
      Path report =
          Explorer.explore(config, classifier, step -> System.err.println("emotion: " + step));
      System.out.println(report);
    }
    return 0;
  }
}
