// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.measure;

import io.emotionstream.ingest.decode.StreamException;
import io.emotionstream.ingest.track.FaceFinders;
import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FinderSettings;
import io.emotionstream.ingest.video.PictureArea;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * What a video costs: decoding it alone, and finding the faces too. Counted in processor time of
 * the one thread that does it all, so that what else the machine does matters less.
 *
 * @param frames pictures of the video
 * @param decodeSeconds processor time of decoding to gray
 * @param findSeconds processor time of decoding, detecting, tracking and cutting out
 * @param faces crops that came out
 */
public record FinderSpeed(long frames, double decodeSeconds, double findSeconds, long faces) {
  private static final double NANOS = 1e9;

  /**
   * Reads the video twice, after once to warm up.
   *
   * @param interval every how manieth picture is detected
   * @throws StreamException if it cannot be read
   */
  public static FinderSpeed measure(DetectorSetting setting, int interval, Path video)
      throws StreamException {
    MediaFile file = new MediaFile(video);
    FinderSettings settings =
        new FinderSettings(
            interval,
            setting.minFaceSize(),
            FinderSettings.DEFAULT_FACES_PER_SECOND,
            PictureArea.ALL,
            List.of(),
            false);
    try (FaceFinders finders = FaceFinders.open(setting.kind());
        FaceFinder warmUp = finders.open("warm-up", settings);
        FaceFinder finder = finders.open("measured", settings)) {
      file.read(warmUp::find);
      long start = cpuNanos();
      long frames = file.read(frame -> {});
      long decoded = cpuNanos();
      file.read(finder::find);
      long found = cpuNanos();
      return new FinderSpeed(
          frames, (decoded - start) / NANOS, (found - decoded) / NANOS, finder.counts().faces());
    }
  }

  /** Pictures a second that one core decodes. */
  public double decodedPerSecond() {
    return frames / decodeSeconds;
  }

  /** Pictures a second in which one core finds the faces, decoding included. */
  public double foundPerSecond() {
    return frames / findSeconds;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
