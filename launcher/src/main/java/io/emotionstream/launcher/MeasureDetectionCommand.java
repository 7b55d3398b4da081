// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.ingest.decode.StreamException;
import io.emotionstream.ingest.detect.DetectorKind;
import io.emotionstream.ingest.measure.DetectionScore;
import io.emotionstream.ingest.measure.DetectorSetting;
import io.emotionstream.ingest.measure.FinderSpeed;
import io.emotionstream.ingest.measure.PublishedBoxes;
import io.emotionstream.ingest.video.FinderSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints how well and how fast each detector finds faces, as tables in Markdown. */
@Command(
    name = "measure-detection",
    description =
        "Measure each face detector: recall on photos with known boxes, speed on a video.")
final class MeasureDetectionCommand implements Callable<Integer> {
  private static final List<DetectorSetting> SETTINGS =
      List.of(
          new DetectorSetting(DetectorKind.BLAZEFACE, 32),
          new DetectorSetting(DetectorKind.BLAZEFACE, 48),
          new DetectorSetting(DetectorKind.BLAZEFACE, 96),
          new DetectorSetting(DetectorKind.CASCADE, 32),
          new DetectorSetting(DetectorKind.CASCADE, 48),
          new DetectorSetting(DetectorKind.CASCADE, 96));

  @Option(names = "--photos", paramLabel = "DIR", description = "Photos whose faces --boxes tells.")
  private @Nullable Path photos;

  @Option(
      names = "--boxes",
      paramLabel = "FILE",
      description = "Lines file,x,y,width,height in pixels below that header.")
  private @Nullable Path boxes;

  @Option(names = "--video", paramLabel = "FILE", description = "Video to find faces in.")
  private @Nullable Path video;

  @Option(
      names = "--interval",
      paramLabel = "N",
      description = "Detect in every n-th picture of the video (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + FinderSettings.DEFAULT_DETECTION_INTERVAL)
  private int interval;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  MeasureDetectionCommand() {}

  @Override
  public Integer call() throws IOException, StreamException {
    if (photos != null && boxes != null) {
      printScores(photos, PublishedBoxes.read(boxes));
    } else if (photos != null || boxes != null) {
      throw new IllegalArgumentException("--photos and --boxes go together");
    } else if (video == null) {
      throw new IllegalArgumentException("give --photos with --boxes, or --video, or all");
    }
    if (video != null) {
      printSpeeds(video);
    }
    return 0;
  }

  private static void printScores(Path photos, PublishedBoxes truth) throws StreamException {
    print("| detector, smallest face | faces | found | false positives | mean overlap |%n");
    print("| --- | --- | --- | --- | --- |%n");
    for (DetectorSetting setting : SETTINGS) {
      DetectionScore score = DetectionScore.measure(setting, photos, truth);
      print(
          "| %s | %d | %d | %d | %.2f |%n",
          setting, score.faces(), score.found(), score.falsePositives(), score.meanOverlap());
    }
    print("%n");
  }

  private void printSpeeds(Path video) throws StreamException {
    print("| detector, smallest face | decode, fps | decode + detect + crop, fps | crops |%n");
    print("| --- | --- | --- | --- |%n");
    for (DetectorSetting setting : SETTINGS) {
      FinderSpeed speed = FinderSpeed.measure(setting, interval, video);
      print(
          "| %s | %.0f | %.0f | %d |%n",
          setting, speed.decodedPerSecond(), speed.foundPerSecond(), speed.faces());
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
