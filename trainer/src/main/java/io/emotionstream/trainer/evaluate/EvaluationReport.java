// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.Calibration;
import io.emotionstream.model.Emotions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation with what it is of, to be printed or stored.
 *
 * @param subject what was evaluated
 * @param split name of the faces, such as {@code PublicTest}
 * @param dataFingerprint of the data they are from
 * @param plain answers to the faces as they are, uncalibrated
 * @param flipAveraged mean of those and of the answers to the mirror images; null if not asked for
 * @param calibration of the subject; null if it has none
 * @param copies faces that were trained on; null where that is no question, as for training faces
 * @param speed of the plain answers
 */
public record EvaluationReport(
    Subject subject,
    String split,
    String dataFingerprint,
    Answers plain,
    @Nullable Answers flipAveraged,
    @Nullable Calibration calibration,
    @Nullable Copies copies,
    Speed speed) {
  /** File name of {@link #toJson()}. */
  public static final String JSON_FILE = "metrics.json";

  private static final String TEXT_FILE = "report.txt";

  /** Returns the answers as they are served: after the temperature, if there is one. */
  public Answers served() {
    return calibration == null ? plain : plain.scaled(calibration.temperature());
  }

  /** Returns the answers to faces that were not trained on; nothing where that is no question. */
  Optional<Answers> withoutCopies() {
    return Optional.ofNullable(copies).map(found -> plain.select(found.others()));
  }

  /** Returns all figures and numbers; an undefined one is null. */
  public String toJson() {
    return new ReportJson(this).write();
  }

  /** Returns tables for people; an undefined ratio is a dash. */
  public String toText() {
    return new ReportText(this).write();
  }

  /** Writes {@code metrics.json}, {@code report.txt} and the figures into a directory. */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(JSON_FILE), toJson() + "\n");
    Files.writeString(directory.resolve(TEXT_FILE), toText());
    ReportFigures.write(this, directory);
  }

  /** Returns the index of a class. */
  static int label(ClassMetrics metrics) {
    return Emotions.ALL.indexOf(metrics.emotion());
  }
}
