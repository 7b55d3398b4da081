// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RequiresFer2013Test {

  @Test
  @RequiresFer2013
  void aTestWithTheAnnotationRunsOnlyWhereTheDataIs() throws IOException {
    Path csv = TestData.requireFer2013Csv();

    if (csv.toString().endsWith(".csv")) {
      try (BufferedReader lines = Files.newBufferedReader(csv)) {
        assertThat(lines.readLine()).contains("emotion", "pixels");
      }
    }
  }
}
