// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.ImageEncoding;
import io.emotionstream.testkit.Faces;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release archive, unpacked elsewhere and run as a stranger would. */
class ArchiveIT {
  private static final String OURS =
      "(analytics-sink|classifier-stream|dashboard|datasets|embedded|ingest|json-bridge|launcher"
          + "|model|operations|schemas|trainer)-0\\..*";

  /** A link to another page, {@code [text](path.md#part)}, not to a site. */
  private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)#]+\\.md)(?:#[^)]*)?\\)");

  private static final long PATIENCE_SECONDS = 240;

  @TempDir private static Path directory;
  private static Path home = Path.of("unused");

  @BeforeAll
  static void unpack() throws Exception {
    Path archive = Path.of(requireNonNull(System.getProperty("emotion.archive")));
    Result unpacked = run(directory, Map.of(), "tar", "xzf", archive.toString());
    assertThat(unpacked.status).as(unpacked.output).isZero();
    try (Stream<Path> roots = Files.list(directory)) {
      home = roots.filter(Files::isDirectory).collect(Collectors.toList()).get(0);
    }
  }

  @Test
  void holdsWhatAReleaseNeeds() throws IOException {
    assertThat(home.getFileName().toString()).startsWith("emotion-stream-");
    assertThat(home.resolve("bin/emotion")).isExecutable();
    assertThat(home.resolve("conf/emotion.properties")).isNotEmptyFile();
    assertThat(home.resolve("model/shipped.emotion")).isNotEmptyFile();
    assertThat(home.resolve("deploy/prometheus/alerts.yml")).isNotEmptyFile();
    assertThat(home.resolve("LICENSE")).content().contains("Apache License");
  }

  @Test
  void holdsEveryPageThatItsPagesLinkTo() throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.walk(home)) {
      pages = files.filter(file -> file.toString().endsWith(".md")).toList();
    }
    assertThat(pages).contains(home.resolve("README.md"), home.resolve("docs/OPERATIONS.md"));

    for (Path page : pages) {
      for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
        assertThat(page.resolveSibling(link.group(1))).as("in " + home.relativize(page)).exists();
      }
    }
  }

  @Test
  void namesTheLicenceOfEveryLibrary() throws IOException {
    String licences = Files.readString(home.resolve("licences/THIRD-PARTY.txt"));

    for (String jar : jars()) {
      if (!jar.matches(OURS)) {
        assertThat(licences).as(jar).contains(":" + artifact(jar) + ":");
      }
    }
    assertThat(licences).doesNotContain("io.emotionstream:", "Unknown license");
  }

  @Test
  void leavesTheTestsAndOtherPlatformsOut() throws IOException {
    assertThat(jars())
        .noneMatch(jar -> jar.matches("(testkit|junit|assertj|kafka-test).*"))
        .noneMatch(jar -> jar.matches(".*(windows|macosx|android)-.*"))
        .anyMatch(jar -> jar.startsWith("launcher-"));
  }

  @Test
  void tellsItsVersionWhereverItIsCalledFrom() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("emotion"), home.resolve("bin/emotion"));

    Result version = run(directory, Map.of(), link.toString(), "--version");

    assertThat(version.status).as(version.output).isZero();
    assertThat(version.output).startsWith("Emotion Stream 0.").doesNotContain("${");
  }

  @Test
  void saysWhatADrawnFaceLooksLike() throws Exception {
    Path face = directory.resolve("face.png");
    ByteBuffer image =
        Faces.frame("any", Instant.EPOCH)
            .showing(Emotion.HAPPY)
            .encodedAs(ImageEncoding.PNG)
            .build()
            .getImage()
            .getData();
    byte[] bytes = new byte[image.remaining()];
    image.get(bytes);
    Files.write(face, bytes);

    Result predicted = run(directory, Map.of(), emotion(), "predict", face.toString());

    assertThat(predicted.status).as(predicted.output).isZero();
    assertThat(predicted.output).contains("\"emotion\":\"").contains("\"modelId\":\"");
  }

  @Test
  void takesItsSettingsFromItsConfAndLogsJson() throws Exception {
    Path conf = home.resolve("conf/emotion.properties");
    String before = Files.readString(conf);
    Files.writeString(conf, "log-format=json\njdbc-url=jdbc:mysql://nowhere/x\n");
    try {
      Result refused = run(directory, Map.of("EMOTION_VERSION", "1"), emotion(), "sink");

      assertThat(refused.status).isEqualTo(2);
      assertThat(refused.output)
          .contains("\"level\":\"WARN\"")
          .contains("environment variable EMOTION_VERSION is no setting")
          .contains("jdbcUrl must look like");
    } finally {
      Files.writeString(conf, before);
    }
  }

  @Test
  void runsTheDemo() throws Exception {
    Result demo = run(directory, Map.of(), emotion(), "demo", "--duration", "5s");

    assertThat(demo.status).as(demo.output).isZero();
  }

  private static String emotion() {
    return home.resolve("bin/emotion").toString();
  }

  private static TreeSet<String> jars() throws IOException {
    try (Stream<Path> lib = Files.list(home.resolve("lib"))) {
      return lib.map(jar -> jar.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Returns the artifact id of a jar: what stands before the version. */
  private static String artifact(String jar) {
    return jar.replaceFirst("-\\d.*", "");
  }

  private record Result(int status, String output) {}

  /** Runs a command with nothing of this build in its environment but the runtime. */
  private static Result run(Path where, Map<String, String> environment, String... command)
      throws Exception {
    File output = Files.createTempFile(directory, "output", ".txt").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("JAVA_HOME", requireNonNull(System.getProperty("java.home")));
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return new Result(process.exitValue(), Files.readString(output.toPath(), UTF_8));
  }
}
