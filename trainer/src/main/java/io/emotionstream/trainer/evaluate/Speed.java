// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How fast a classifier answered, its one thread alone; a busy machine makes it slower.
 *
 * @param imagesPerSecond faces a second, in full batches after the first
 * @param batch faces a batch
 * @param machine processor, their number and load, operating system and JVM
 */
public record Speed(double imagesPerSecond, int batch, String machine) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Returns processor, their number, how busy they are, operating system and JVM. */
  static String thisMachine() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, load average %.1f, %s %s, Java %s",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version());
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
          .findFirst()
          .orElse("unnamed processor");
    } catch (IOException e) { // not Linux
      return "unnamed processor";
    }
  }
}
