// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.emotionstream.datasets.fer2013.RejectedRow.Fault;
import io.emotionstream.schemas.Emotion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Fer2013ReaderTest {
  @TempDir private Path directory;
  private final List<RejectedRow> rejected = new ArrayList<>();

  @Test
  void rowsComeInOrderWithTheirPlaceInTheFile() throws IOException {
    List<Fer2013Row> rows =
        read(
            "emotion,pixels,Usage",
            "3," + face(0, 128, 255) + ",Training",
            "",
            "0," + face(1) + ",PublicTest",
            "6," + face(2) + ",PrivateTest");

    assertThat(rows)
        .extracting(Fer2013Row::emotion)
        .containsExactly(Emotion.HAPPY, Emotion.ANGRY, Emotion.NEUTRAL);
    assertThat(rows).extracting(Fer2013Row::usage).containsExactly(Usage.values());
    assertThat(rows).extracting(Fer2013Row::line).containsExactly(2L, 4L, 5L);
    assertThat(rows).extracting(Fer2013Row::index).containsExactly(0, 1, 2);
    assertThat(rows.get(0).pixels())
        .hasSize(48 * 48)
        .startsWith(0, (byte) 128, (byte) 255)
        .endsWith(0);
    assertThat(rejected).isEmpty();
  }

  @Test
  void findsColumnsByNameInAnyOrder() throws IOException {
    List<Fer2013Row> rows =
        read("id, Usage ,\"pixels\",EMOTION", "17,PublicTest,\"" + face(9) + "\",5");

    assertThat(rows.get(0).usage()).isEqualTo(Usage.PUBLIC_TEST);
    assertThat(rows.get(0).emotion()).isEqualTo(Emotion.SURPRISE);
    assertThat(rows.get(0).pixels()[0]).isEqualTo((byte) 9);
  }

  @Test
  void passesOverAByteOrderMarkAndQuotes() throws IOException {
    List<Fer2013Row> rows =
        read(
            "\uFEFF\"Usage\", PIXELS ,id,Emotion",
            "Training,\"" + face(7) + "\",a1,4",
            "Training," + face(8) + ",a2,\"5\"");

    assertThat(rows).extracting(Fer2013Row::emotion).containsExactly(Emotion.SAD, Emotion.SURPRISE);
    assertThat(rows.get(1).pixels()[0]).isEqualTo((byte) 8);
  }

  @Test
  void takesRowsWithoutUsageAsTrainingData() throws IOException {
    assertThat(read("emotion,pixels", "1," + face(7)))
        .extracting(Fer2013Row::usage)
        .containsExactly(Usage.TRAINING);
  }

  @Test
  void readsGzipByContent() throws IOException {
    Path file = directory.resolve("fer2013.data");
    Files.write(file, gzip("emotion,pixels,Usage\n2," + face(1) + ",Training\n"));

    assertThat(readAll(file)).extracting(Fer2013Row::emotion).containsExactly(Emotion.FEAR);
  }

  @Test
  void reportsMalformedRowsAndKeepsTheOthers() throws IOException {
    List<Fer2013Row> rows =
        read(
            "emotion,pixels,Usage",
            "7," + face(1) + ",Training",
            "1,1 2 3,Training",
            "1," + face(256) + ",Training",
            "1," + face(1) + ",Test",
            "1," + face(1),
            "1," + face(1).replaceFirst("1", "x") + ",Training",
            "",
            "1," + face(-1) + ",Training",
            "1," + face(1) + " 9,Training",
            "1," + face(1) + ",Training");

    assertThat(rows).extracting(Fer2013Row::index).containsExactly(8);
    assertThat(rejected)
        .extracting(RejectedRow::line)
        .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 9L, 10L);
    assertThat(rejected)
        .extracting(RejectedRow::fault)
        .containsExactly(
            Fault.EMOTION,
            Fault.PIXELS,
            Fault.PIXELS,
            Fault.USAGE,
            Fault.COLUMN_COUNT,
            Fault.PIXELS,
            Fault.PIXELS,
            Fault.PIXELS);
    assertThat(rejected.get(0)).hasToString("line 2: emotion is not a number from 0 to 6: \"7\"");
    assertThat(rejected.get(1)).hasToString("line 3: has 3 pixels, expected 2304: \"1 2 3\"");
    assertThat(rejected.get(2).value()).isEqualTo("256");
    assertThat(rejected.get(3))
        .hasToString("line 5: Usage is not one of Training, PublicTest, PrivateTest: \"Test\"");
    assertThat(rejected.get(4).reason()).isEqualTo("has 2 columns, expected 3");
    assertThat(rejected.get(4).value()).hasSizeLessThan(50).endsWith("...");
    assertThat(rejected.get(5).reason()).startsWith("pixel 0 is not a number");
    assertThat(rejected.get(7).reason()).isEqualTo("has 2305 pixels, expected 2304");
  }

  @Test
  void refusesFilesWithoutAColumn() {
    assertThatIOException()
        .isThrownBy(() -> read("label,pixels", "1," + face(1)))
        .withMessageContaining("is no FER-2013 file: has no column \"emotion\"")
        .withMessageContaining("label,pixels");
    assertThatIOException().isThrownBy(this::read).withMessageContaining("empty");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatIOException()
        .isThrownBy(() -> readAll(directory.resolve("no.csv")))
        .withMessageStartingWith("there is no file " + directory)
        .withMessageEndingWith("the README says where to get fer2013.csv");
    assertThatIOException()
        .isThrownBy(() -> readAll(directory))
        .withMessageStartingWith("there is no file ");
  }

  @Test
  void saysWhereADamagedFileEnds() throws IOException {
    String rows = IntStream.range(0, 40).mapToObj(i -> "1," + noise(i) + "\n").collect(joining());
    byte[] whole = gzip("emotion,pixels\n" + rows);
    Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - 100));

    assertThatIOException()
        .isThrownBy(() -> readAll(cut))
        .withMessageStartingWith(cut + " line ")
        .withMessageContaining("Unexpected end");
  }

  private List<Fer2013Row> read(String... lines) throws IOException {
    return readAll(Files.write(directory.resolve("faces.csv"), List.of(lines)));
  }

  private List<Fer2013Row> readAll(Path file) throws IOException {
    List<Fer2013Row> rows = new ArrayList<>();
    try (Fer2013Reader reader = Fer2013Reader.open(file, rejected::add)) {
      Optional<Fer2013Row> row = reader.next();
      while (row.isPresent()) {
        rows.add(row.get());
        row = reader.next();
      }
    }
    return rows;
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Returns the pixel column of a face that starts with these values and goes on with zeroes. */
  private static String face(int... first) {
    StringBuilder pixels = new StringBuilder();
    for (int value : first) {
      pixels.append(value).append(' ');
    }
    pixels.append(String.join(" ", Collections.nCopies(Fer2013Row.PIXELS - first.length, "0")));
    return pixels.toString();
  }

  /** Returns a pixel column that hardly compresses. */
  private static String noise(long seed) {
    return new Random(seed)
        .ints(Fer2013Row.PIXELS, 0, 256)
        .mapToObj(Integer::toString)
        .collect(joining(" "));
  }
}
