// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  @TempDir Path directory;
  private final PrintStream systemErr = System.err;
  private final PrintStream systemOut = System.out;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(systemErr);
    System.setOut(systemOut);
  }

  @Test
  void needsAFolderForItsResults() {
    assertThat(BenchCommand.run("--quick")).isEqualTo(2);
    assertThat(message()).contains("--out=DIR").contains("try 'emotion bench --help'");
  }

  @Test
  void refusesNoThreads() {
    assertThat(BenchCommand.run("--threads", "0", "--out", directory.toString())).isEqualTo(2);
    assertThat(message()).contains("--threads must be at least 1, was 0");
  }

  @Test
  void refusesAFileAsFolder() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThat(BenchCommand.run("--out", file.toString())).isEqualTo(1);
    assertThat(message()).contains(file + " is no folder");
  }

  @Test
  void namesAModelThatIsMissing() {
    Path missing = directory.resolve("none.emotion");

    assertThat(BenchCommand.run("--model", missing.toString(), "--out", directory.toString()))
        .isEqualTo(1);
    assertThat(message()).contains(missing + ": no such file");
  }

  @Test
  void rendersOnlyWhatWasMeasured() throws Exception {
    assertThat(BenchCommand.run("--render", "--out", directory.toString())).isEqualTo(1);
    assertThat(message()).contains("bench.json").contains("measure first");

    Files.writeString(directory.resolve("bench.json"), "{\"pipelineOverRaw\": []}");
    assertThat(BenchCommand.run("--render", "--out", directory.toString())).isEqualTo(1);
    assertThat(message()).contains("is no report of this version");
  }

  @Test
  void helps() {
    assertThat(BenchCommand.run("--help")).isZero();
  }

  private String message() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
