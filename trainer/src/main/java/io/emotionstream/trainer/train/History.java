// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The file {@code history.csv}: a header, then one line an epoch. */
final class History {
  private static final String HEADER =
      "epoch,trainingLoss,validationLoss,validationAccuracy,validationMacroF1,rate,"
          + "facesPerSecond,elapsedSeconds";

  private final Path file;

  private History(Path file) {
    this.file = file;
  }

  /** Opens the history, keeping its first {@code epochs} epochs: those of the checkpoint. */
  static History keeping(Path file, int epochs) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    if (epochs > 0 && Files.exists(file)) {
      List<String> written = Files.readAllLines(file);
      lines.addAll(written.subList(1, Math.min(written.size(), epochs + 1)));
    }
    Files.write(file, lines);
    return new History(file);
  }

  void add(EpochResult result) throws IOException {
    String line =
        String.format(
            Locale.ROOT,
            "%d,%.5f,%.5f,%.5f,%.5f,%.6f,%.1f,%.1f",
            result.epoch(),
            result.trainingLoss(),
            result.validationLoss(),
            result.validationAccuracy(),
            result.validationMacroF1(),
            result.rate(),
            result.facesPerSecond(),
            result.elapsed().toMillis() / 1000.0);
    Files.write(file, List.of(line), StandardOpenOption.APPEND);
  }
}
