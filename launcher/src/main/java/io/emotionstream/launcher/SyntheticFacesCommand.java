// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.trainer.synthetic.SyntheticFaceFitter;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fits the statistics that the synthetic cameras draw their faces from. */
@Command(
    name = "synthetic-faces",
    description = "Fit the statistical face model of the synthetic: source to Training faces.")
final class SyntheticFacesCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(names = "--out", paramLabel = "FILE", description = "Where to write it.", required = true)
  private Path out;

  @Option(
      names = "--components",
      paramLabel = "N",
      description = "Principal components (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + SyntheticFaceFitter.DEFAULT_COMPONENTS)
  private int components;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SyntheticFacesCommand() {}

  @Override
  public Integer call() throws Exception {
    SyntheticFaceFitter fitter = new SyntheticFaceFitter(components);
    try (OutputStream stream = Files.newOutputStream(out)) {
      fitter.fit(data.read(Usage.TRAINING)).write(stream);
    }
    System.out.printf("%s, %d bytes%n", out, Files.size(out));
    return 0;
  }
}
