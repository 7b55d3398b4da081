// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path directory;
  private final PrintStream systemErr = System.err;
  private final PrintStream systemOut = System.out;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(systemErr);
    System.setOut(systemOut);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "demo --help",
        "topics create --help",
        "topics acls --help",
        "ingest --help",
        "classify --help",
        "model use --help",
        "sink --help",
        "dashboard --help",
        "database migrate --help",
        "explore --help",
        "train --help",
        "evaluate --help",
        "model-card --help",
        "predict --help",
        "synthetic-faces --help",
        "bench --help",
        "test --help",
        "package --help"
      })
  void helpsEverywhere(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(text(out)).startsWith("Usage: emotion");
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(text(out)).startsWith("Emotion Stream 0.").doesNotContain("${");
  }

  @Test
  void endsWrongUsageWithTwoAndOneClearLine() {
    assertThat(run("demo", "--window", "soon")).isEqualTo(2);
    assertThat(text(err))
        .contains("emotion: ")
        .contains("'soon' is no duration: write 250ms, 30s, 10m, 2h or 7d")
        .doesNotContain("\tat ");
  }

  @Test
  void endsASettingThatIsOutOfRangeWithTwo() {
    assertThat(run("classify", "--max-batch", "0")).isEqualTo(2);
    assertThat(text(err)).contains("max batch must be between 1 and 4096, was 0");
  }

  @ParameterizedTest
  @CsvSource({
    "--port 70000, port must be between 0 and 65535",
    "--token-file nowhere, there is no file nowhere",
    "--tls-key key.pem, --tls-certificate and --tls-key go together",
    "--tls-certificate nowhere --tls-key nowhere, TLS: there is no file nowhere",
    "--live-history 8d, live history must be between 0 and 7 days"
  })
  void endsADashboardThatCannotBeAsItIsAskedForWithTwo(String options, String message) {
    assertThat(run(("dashboard " + options).split(" "))).isEqualTo(2);
    assertThat(text(err)).contains(message);
  }

  @Test
  void endsAFailedRunWithOneAndOneClearLine() {
    Path missing = directory.resolve("none.emotion");

    assertThat(run("predict", "--model", missing.toString(), "x.png")).isEqualTo(1);
    assertThat(text(err))
        .contains("emotion: model bundle " + missing + ": no such file")
        .doesNotContain("\tat ");
  }

  @Test
  void showsTheStackTraceWhenAsked() {
    Path missing = directory.resolve("none.emotion");

    assertThat(run("--verbose", "predict", "--model", missing.toString(), "x.png")).isEqualTo(1);
    assertThat(text(err)).contains("\tat io.emotionstream");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sink --help",
        "dashboard --help",
        "database migrate --help",
        "sink --jdbc-pasword=hunter2",
        "sink --jdbc-pasword hunter2",
        "sink --kafka ssl.key.password:hunter2",
        "topics describe --kafka sasl.jaas.config=hunter2 --kafka security.protocol=SASL_SSL",
        "sink --jdbc-url jdbc:postgresql://db/x?user=me&password=hunter2 --jdbc-user"
      })
  void neverPrintsAPassword(String line) {
    Map<String, String> environment =
        Map.of("EMOTION_JDBC_URL", "jdbc:postgresql://db/emotion?user=me&password=hunter2");

    Main.run(line.split(" "), environment);

    assertThat(text(out) + text(err)).isNotEmpty().doesNotContain("hunter2");
  }

  @Test
  void ignoresVariablesThatAreNoSettings() {
    assertThat(Main.run(new String[] {"test", "--help"}, Map.of("EMOTION_VERSION", "1.0")))
        .isZero();
  }

  @Test
  void endsAKafkaSettingThatKafkaRefusesWithTwo() {
    assertThat(run("topics", "describe", "--kafka", "security.protocol=banana")).isEqualTo(2);
    assertThat(text(err)).contains("security.protocol");
  }

  @Test
  void printsTheAclsOfARoleAsCommands() {
    assertThat(
            run(
                "topics",
                "acls",
                "--role=classify",
                "--principal=User:CN=shop",
                "--application-id=shop",
                "--topic-prefix=shop-7."))
        .isZero();
    assertThat(text(out))
        .contains(
            "kafka-acls.sh --bootstrap-server localhost:9092 --command-config admin.properties --add"
                + " --allow-principal 'User:CN=shop' --operation Read --topic 'shop-7.face-frames'")
        .contains("--operation Write --transactional-id 'shop-' --resource-pattern-type prefixed")
        .doesNotContain("emotion-sink");
  }

  @Test
  void namesTheKafkaSettingWhoseSecretIsMissing() {
    assertThat(
            run(
                "topics",
                "describe",
                "--kafka",
                "ssl.truststore.password=${directory:" + directory + ":truststore}"))
        .isEqualTo(2);
    assertThat(text(err))
        .contains("kafka.ssl.truststore.password: nothing is found for ${directory:" + directory);
  }

  @Test
  void saysThatThePasswordFileIsMissingOrOneTooMany() throws Exception {
    Path missing = directory.resolve("none");
    Path file = Files.writeString(directory.resolve("password"), "hunter2\n");

    assertThat(run("sink", "--jdbc-password-file=" + missing)).isEqualTo(1);
    assertThat(run("sink", "--jdbc-password-file=" + file, "--jdbc-password=other")).isEqualTo(2);

    assertThat(text(err))
        .contains("no file " + missing + " (--jdbc-password-file)")
        .contains("the database password is given twice")
        .doesNotContain("hunter2");
  }

  @Test
  void losesOnlyTheFileThatIsNoPicture() throws Exception {
    Path junk = Files.writeString(directory.resolve("junk.png"), "junk");
    Path missing = directory.resolve("missing.png");
    Path face = directory.resolve("face.png");
    BufferedImage picture = new BufferedImage(60, 60, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(picture, "png", face.toFile());

    assertThat(run("predict", junk.toString(), missing.toString(), "" + directory, face.toString()))
        .isEqualTo(1);

    assertThat(text(err))
        .contains("emotion: " + junk + ": 4 bytes are neither PNG nor JPEG")
        .contains("emotion: " + missing + ": no such file or folder")
        .contains("emotion: " + directory + ": Is a directory");
    assertThat(
            text(out).lines().filter(line -> line.startsWith("{"))) // the test's log goes there too
        .singleElement()
        .asString()
        .contains("\"file\":\"" + face + "\"")
        .contains("\"emotion\":\"")
        .contains("\"modelId\":\"");
  }

  @Test
  void saysWhatIsWrongWithAFileToWrite() {
    Path nowhere = directory.resolve("none/model.onnx");

    assertThat(run("export", "--onnx", nowhere.toString())).isEqualTo(1);

    assertThat(text(err)).contains("emotion: " + nowhere + ": no such file or folder");
  }

  private static int run(String... args) {
    return Main.run(args, Map.of());
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
