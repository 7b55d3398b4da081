// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import static io.emotionstream.datasets.fer2013.Usage.PUBLIC_TEST;
import static io.emotionstream.datasets.fer2013.Usage.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.FoundFace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplorerTest {
  @TempDir private Path directory;

  @Test
  void reportsWhatIsInATinyDataSet() throws IOException {
    Path csv = Files.write(directory.resolve("tiny.csv"), rows(tinyDataSet()));
    Path votes =
        Files.write(
            directory.resolve("votes.csv"),
            List.of(
                "index,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF",
                "0,0,0,10,0,0,0,0,0,0,0", // labelled angry
                "6,0,10,0,0,0,0,0,0,0,0")); // labelled happy
    Path out = directory.resolve("report");

    Path page = explore(config(csv, out, false, List.of(votes)));

    JsonNode json = new JsonMapper().readTree(out.resolve("report.json").toFile());
    assertThat(json.at("/data/faces").asInt()).isEqualTo(19);
    assertThat(json.at("/data/leftOut").asInt()).isEqualTo(1);
    assertThat(json.at("/data/leftOutFirst/0/place").asText()).isEqualTo("line 21");
    assertThat(json.at("/data/leftOutByFault/emotion").asInt()).isEqualTo(1);
    assertThat(json.at("/data/columns/0/name").asText()).isEqualTo("Usage");
    assertThat(json.at("/data/columns/1/type").asText()).isEqualTo("integers");
    assertThat(json.at("/data/columns/2/missing").asInt()).isEqualTo(1);
    assertThat(json.at("/splits/Training/faces").asInt()).isEqualTo(17);
    assertThat(json.at("/splits/Training/labels/angry").asInt()).isEqualTo(4);
    assertThat(json.at("/splits/Training/imbalanceRatio").asDouble()).isEqualTo(2);
    assertThat(json.at("/splits/PublicTest/labels/happy").asInt()).isEqualTo(1);
    assertThat(json.at("/quality/constant/faces/0/row").asInt()).isEqualTo(14);
    assertThat(json.at("/quality/constant/count").asInt()).isEqualTo(1);
    assertThat(json.at("/quality/nearlyBlank/count").asInt()).isEqualTo(1);
    assertThat(json.at("/exactDuplicates/groups").asInt()).isEqualTo(2);
    assertThat(json.at("/exactDuplicates/conflictingGroups").asInt()).isEqualTo(1);
    assertThat(json.at("/exactDuplicates/copiesOfTraining").asInt()).isEqualTo(1);
    assertThat(json.at("/exactDuplicates/leaks/0/1/place").asText()).isEqualTo("line 19");
    assertThat(json.at("/nearDuplicates/pairsAcrossSplits").asInt()).isEqualTo(1);
    assertThat(json.at("/nearDuplicates/leaks/0/second/row").asInt()).isEqualTo(18);
    assertThat(json.at("/model/modelId").asText()).isEqualTo(HappyInTheDark.MODEL_ID);
    assertThat(json.at("/votes/unanimousDoubts").asInt()).isEqualTo(1);
    assertThat(json.at("/votes/agreementByLabel/happy").asDouble()).isEqualTo(1);
    assertThat(json.at("/votes/agreementByLabel/fear").isNull()).isTrue();
    assertThat(json.at("/principalComponents/explainedVariance/0").asDouble()).isBetween(0.1, 1.0);
    assertThat(Files.readAllLines(out.resolve("quality.csv")))
        .hasSize(20)
        .contains("14,Training,0,1,0.0,0.0,,0,0")
        .anyMatch(line -> line.matches("17,PublicTest,3,0,[0-9.]+,[0-9.]+,0,0,1"));
    assertPageIsWhole(Files.readString(page), out);
  }

  @Test
  void theSameDataGiveTheSameReport() throws IOException {
    Path csv = Files.write(directory.resolve("tiny.csv"), rows(tinyDataSet()));

    Path one = explore(config(csv, directory.resolve("1"), false, List.of()));
    Path two = explore(config(csv, directory.resolve("2"), false, List.of()));

    assertThat(two).hasSameBinaryContentAs(one);
    assertThat(Files.readString(one)).doesNotContain("FER+");
  }

  @Test
  void foldersAreExploredToo() throws IOException {
    DrawnFaces drawn = new DrawnFaces(3);
    for (Emotion emotion : Emotion.values()) {
      picture("faces/train/" + emotion + "/1.png", drawn.draw(emotion));
    }
    byte[] twice = drawn.draw(Emotion.SAD);
    picture("faces/train/sad/2.png", twice);
    picture("faces/test/sad/2.png", twice);
    Path out = directory.resolve("report");

    explore(config(directory.resolve("faces"), out, true, List.of()));

    JsonNode json = new JsonMapper().readTree(out.resolve("report.json").toFile());
    assertThat(json.at("/data/faces").asInt()).isEqualTo(9);
    assertThat(json.at("/data/columns").isEmpty()).isTrue();
    assertThat(json.at("/data/pictureSizes/48x48").asInt()).isEqualTo(9);
    assertThat(json.at("/exactDuplicates/leaks/0"))
        .extracting(face -> face.get("place").asText())
        .containsExactly("test/sad/2.png", "train/sad/2.png");
  }

  @Test
  void strictRunsEndAtTheFirstFault() throws IOException {
    Path csv = Files.write(directory.resolve("tiny.csv"), rows(tinyDataSet()));
    Path out = directory.resolve("report");

    assertThatIOException()
        .isThrownBy(() -> explore(config(csv, out, true, List.of())))
        .withMessageContaining("tiny.csv, line 21: emotion is not a number from 0 to 6");
    assertThat(out.resolve("report.html")).doesNotExist();
  }

  @Test
  void saysThatThereIsTooLittleToExplore() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path flat = directory.resolve("flat");
    picture("flat/sad/1.png", DrawnFaces.constant(1));

    assertThatIOException()
        .isThrownBy(() -> explore(config(empty, empty, false, List.of())))
        .withMessage(empty + " holds no usable face, 0 rows or files were left out");
    assertThatIOException()
        .isThrownBy(() -> explore(config(flat, empty, false, List.of())))
        .withMessage(flat + " holds 0 pictures that are not of one gray, at least 2 are needed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExploreConfig(flat, empty, false, List.of(), 0.95, 1.5, 1))
        .withMessage("the confidence of a doubt must be above 0 and at most 1, was 1.5");
  }

  /**
   * Two faces of each class, all in Training but for the last two; a copy with another label (13),
   * a constant (14) and a nearly blank picture (15), a face (16), a copy of row 6 (17) and one of
   * row 16 with other light (18), both in PublicTest.
   */
  private static List<FoundFace> tinyDataSet() {
    DrawnFaces drawn = new DrawnFaces(5);
    for (Emotion emotion : Emotion.values()) {
      drawn.add(TRAINING, emotion, drawn.draw(emotion));
      if (emotion != Emotion.NEUTRAL) {
        drawn.add(TRAINING, emotion, drawn.draw(emotion));
      }
    }
    byte[] nearlyBlank = DrawnFaces.constant(100);
    nearlyBlank[0] = 104;
    byte[] face = drawn.draw(Emotion.FEAR);
    List<FoundFace> before = drawn.faces();
    drawn
        .add(TRAINING, Emotion.ANGRY, before.get(12).face().pixels())
        .add(TRAINING, Emotion.ANGRY, DrawnFaces.constant(0))
        .add(TRAINING, Emotion.NEUTRAL, nearlyBlank)
        .add(TRAINING, Emotion.FEAR, face)
        .add(PUBLIC_TEST, Emotion.HAPPY, before.get(6).face().pixels())
        .add(PUBLIC_TEST, Emotion.FEAR, drawn.retouched(face));
    return drawn.faces();
  }

  private static List<String> rows(List<FoundFace> faces) {
    List<String> lines = new ArrayList<>(List.of("Usage,pixels,emotion"));
    for (FoundFace face : faces) {
      StringBuilder pixels = new StringBuilder();
      for (byte pixel : face.face().pixels()) {
        pixels.append(pixel & 0xFF).append(' ');
      }
      lines.add(face.usage().label() + "," + pixels + "," + face.face().label());
    }
    lines.add("Training,1 2 3,");
    return lines;
  }

  private static void assertPageIsWhole(String html, Path out) throws IOException {
    Matcher sources = Pattern.compile("src=\"([^\"]{30})").matcher(html);
    int figures = 0;
    while (sources.find()) {
      figures++;
      assertThat(sources.group(1)).startsWith("data:image/png;base64,");
    }
    assertThat(html)
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("url(")
        .doesNotContain("<script");
    try (var files = Files.list(out)) {
      List<Path> pictures = files.filter(file -> file.toString().endsWith(".png")).toList();
      assertThat(pictures).hasSize(figures).hasSizeGreaterThan(12);
      for (Path picture : pictures) {
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(200);
      }
    }
  }

  private static ExploreConfig config(Path data, Path out, boolean strict, List<Path> votes) {
    return new ExploreConfig(data, out, strict, votes, 0.97, 0.9, 42);
  }

  private static Path explore(ExploreConfig config) throws IOException {
    return Explorer.explore(config, new HappyInTheDark(), step -> {});
  }

  private void picture(String name, byte[] pixels) throws IOException {
    BufferedImage picture = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setDataElements(0, 0, 48, 48, pixels);
    Path file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    ImageIO.write(picture, "png", file.toFile());
  }
}
