// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.measure;

import io.emotionstream.testkit.TestData;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real videos and photos, which cannot be shipped: {@code media/} in {@link TestData#folder()}. */
public final class Media {
  private static final Logger LOG = LoggerFactory.getLogger(Media.class);

  private Media() {}

  /** Returns the file, or skips the test and says so where it is missing. */
  public static Path require(String name) {
    Path file = TestData.folder().resolve("media").resolve(name);
    String missing = "skipped: no %s, set %s".formatted(file, TestData.VARIABLE);
    if (!Files.exists(file)) {
      LOG.warn(missing);
    }
    Assumptions.assumeTrue(Files.exists(file), missing);
    return file;
  }
}
