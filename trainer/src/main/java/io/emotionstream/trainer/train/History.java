// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The file {@code history.csv}: a header, then one line an epoch. */
final class History {
  private static final String HEADER =
      "epoch,trainingLoss,trainingAccuracy,validationLoss,validationAccuracy,validationMacroF1,"
          + "rate,facesPerSecond,elapsedSeconds";

  private final Path file;
  private final List<EpochResult> results;

  private History(Path file, List<EpochResult> results) {
    this.file = file;
    this.results = results;
  }

  /** Opens the history, keeping its first {@code epochs} epochs: those of the checkpoint. */
  static History keeping(Path file, int epochs) throws IOException {
    List<String> kept = new ArrayList<>(List.of(HEADER));
    List<EpochResult> results = new ArrayList<>();
    if (epochs > 0 && Files.exists(file)) {
      List<String> written = Files.readAllLines(file);
      for (String line : written.subList(1, Math.min(written.size(), epochs + 1))) {
        kept.add(line);
        results.add(parse(file, line));
      }
    }
    Files.write(file, kept);
    return new History(file, results);
  }

  private static EpochResult parse(Path file, String line) throws IOException {
    String[] cells = line.split(",", -1);
    try {
      return new EpochResult(
          Integer.parseInt(cells[0]),
          Double.parseDouble(cells[1]),
          Double.parseDouble(cells[2]),
          Double.parseDouble(cells[3]),
          Double.parseDouble(cells[4]),
          Double.parseDouble(cells[5]),
          Double.parseDouble(cells[6]),
          Double.parseDouble(cells[7]),
          Duration.ofMillis(Math.round(1000 * Double.parseDouble(cells[8]))));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("%s has a line that is no epoch: %s".formatted(file, line), e);
    }
  }

  void add(EpochResult result) throws IOException {
    String line =
        String.format(
            Locale.ROOT,
            "%d,%.5f,%.5f,%.5f,%.5f,%.5f,%.6f,%.1f,%.1f",
            result.epoch(),
            result.trainingLoss(),
            result.trainingAccuracy(),
            result.validationLoss(),
            result.validationAccuracy(),
            result.validationMacroF1(),
            result.rate(),
            result.facesPerSecond(),
            result.elapsed().toMillis() / 1000.0);
    Files.write(file, List.of(line), StandardOpenOption.APPEND);
    results.add(result);
  }

  /** Returns all epochs, the first first. */
  List<EpochResult> results() {
    return List.copyOf(results);
  }
}
