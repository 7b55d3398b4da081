// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.cameras;

import io.emotionstream.ingest.health.CameraHealth;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;

/**
 * What this process holds and has done.
 *
 * @param seconds since the start
 * @param residentMegabytes of the whole process, NaN where the system does not tell
 * @param heapMegabytes in use after a collection
 * @param nativeMegabytes that JavaCPP has under its count
 */
record Usage(
    double seconds,
    double residentMegabytes,
    double heapMegabytes,
    double nativeMegabytes,
    int threads,
    long pictures,
    long faces,
    long classified,
    Map<String, Long> dropped) {
  private static final double MEGABYTE = 1 << 20;

  /** Collects garbage first, so that what is left is in use. */
  static Usage now(long start, List<CameraHealth> cameras, long classified) {
    System.gc();
    return new Usage(
        (System.nanoTime() - start) / 1e9,
        resident() / MEGABYTE,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE,
        Pointer.totalBytes() / MEGABYTE,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        cameras.stream().mapToLong(CameraHealth::pictures).sum(),
        cameras.stream().mapToLong(CameraHealth::faces).sum(),
        classified,
        CameraRun.dropped(cameras));
  }

  String row(Usage before, long waitingBytes) {
    double passed = seconds - before.seconds;
    return String.format(
        Locale.ROOT,
        "%7.2f  %6.0f  %7.1f  %9.1f  %7d  %10.1f  %7.1f  %5d  %10d  %10d  %s",
        seconds / 60,
        residentMegabytes,
        heapMegabytes,
        nativeMegabytes,
        threads,
        (pictures - before.pictures) / passed,
        (faces - before.faces) / passed,
        faces,
        classified,
        waitingBytes / 1024,
        dropped);
  }

  private static double resident() {
    try (var lines = Files.lines(Path.of("/proc/self/status"), StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) { // not Linux
      return Double.NaN;
    }
  }
}
