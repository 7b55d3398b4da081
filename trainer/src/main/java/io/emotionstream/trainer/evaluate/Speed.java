// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How fast a classifier answered, its one thread alone; what else the machine did is not known.
 *
 * @param imagesPerSecond faces a second, in full batches after the first
 * @param batch faces a batch
 * @param machine processor, their number, operating system and JVM
 */
public record Speed(double imagesPerSecond, int batch, String machine) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Returns processor, their number, operating system and JVM of this machine. */
  static String thisMachine() {
    return "%s, %d processors, %s %s, Java %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
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
