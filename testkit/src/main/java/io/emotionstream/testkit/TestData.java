// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real data that cannot be shipped: it lies in the folder that {@value #VARIABLE} names, by default
 * {@code data/} in the repository.
 */
public final class TestData {
  /** The environment variable; a relative path counts from the repository. */
  public static final String VARIABLE = "EMOTION_DATA";

  private static final Logger log = LoggerFactory.getLogger(TestData.class);
  private static final String FER2013 = "fer2013.csv";

  private final Path folder;

  TestData(Path workingDirectory, Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "");
    this.folder = repository(workingDirectory).resolve(value.isBlank() ? "data" : value);
  }

  /** Returns the folder, whether it exists or not. */
  public static Path folder() {
    return here().folder;
  }

  /** Returns {@code fer2013.csv} or {@code fer2013.csv.gz}, where it is there. */
  public static Optional<Path> fer2013Csv() {
    return here().findFer2013();
  }

  /** Returns {@code fer2013.csv}, or skips the test and says so where it is missing. */
  public static Path requireFer2013Csv() {
    Optional<Path> file = fer2013Csv();
    file.ifPresentOrElse(found -> {}, () -> log.warn(here().missing()));
    Assumptions.assumeTrue(file.isPresent(), here().missing());
    return file.orElseThrow();
  }

  static TestData here() {
    return new TestData(Path.of(""), System.getenv());
  }

  Optional<Path> findFer2013() {
    return Stream.of(FER2013, FER2013 + ".gz")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  String missing() {
    return "skipped: no %s in %s, set %s".formatted(FER2013, folder, VARIABLE);
  }

  /** Returns the nearest folder upwards that holds the Maven wrapper, or where we are. */
  private static Path repository(Path workingDirectory) {
    Path start = workingDirectory.toAbsolutePath().normalize();
    for (Path path = start; path != null; path = path.getParent()) {
      if (Files.isRegularFile(path.resolve("mvnw"))) {
        return path;
      }
    }
    return start;
  }
}
