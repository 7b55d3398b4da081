// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.ferplus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.emotionstream.schemas.Emotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FerPlusTest {
  private static final String COLUMNS =
      "neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF";

  @TempDir private Path directory;

  @Test
  void votesBelongToTheRowThatTheirIndexNames() throws IOException {
    FerPlus votes =
        read("index,emotion," + COLUMNS, "7,0,4,0,0,1,3,2,0,0,0,0", "9,3,0,10,0,0,0,0,0,0,0,0");

    FaceVotes mixed = votes.of(7).orElseThrow();
    assertThat(mixed.of(Vote.NEUTRAL)).isEqualTo(4);
    assertThat(mixed.of(Vote.SADNESS)).isEqualTo(1);
    assertThat(mixed.total()).isEqualTo(10);
    assertThat(mixed.majority()).contains(Vote.NEUTRAL);
    assertThat(mixed.unanimous()).isEmpty();
    assertThat(votes.of(9).orElseThrow().unanimous().flatMap(Vote::emotion))
        .contains(Emotion.HAPPY);
    assertThat(votes.of(8)).isEmpty();
  }

  @Test
  void rowsWithoutIndexStandInTheOrderOfTheFaces() throws IOException {
    FerPlus votes =
        read(
            "Usage,Image name," + COLUMNS,
            "Training,fer0000000.png,0,0,0,0,0,0,0,0,0,10",
            "Training,fer0000001.png,0,0,0,5,0,0,5,0,0,0");

    assertThat(votes.of(0).orElseThrow().unanimous()).contains(Vote.NOT_A_FACE);
    assertThat(votes.of(1).orElseThrow().majority()).isEmpty();
  }

  @Test
  void faceWithoutAVoteHasNone() throws IOException {
    assertThat(read(COLUMNS, "0,0,0,0,0,0,0,0,0,0").of(0)).isEmpty();
  }

  @Test
  void rowWithAnotherPicturesVotesIsLeftOut() throws IOException {
    assertThat(read("index," + COLUMNS, "5274,9,0,0,0,0,0,1,0,0,0").byRow()).isEmpty();
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThatIOException()
        .isThrownBy(() -> read(COLUMNS, "", "1,2,3"))
        .withMessageEndingWith("votes.csv line 3: has 3 columns, expected 10");
    assertThatIOException()
        .isThrownBy(() -> read(COLUMNS, "1,2,3,x,5,6,7,8,9,10"))
        .withMessageEndingWith("votes.csv line 2: sadness is not a whole number: \"x\"");
    assertThatIOException()
        .isThrownBy(() -> read("index,neutral", "1,2"))
        .withMessageContaining("has no column \"happiness\", it has: ");
    assertThatIOException()
        .isThrownBy(
            () -> read("index," + COLUMNS, "1,9,0,0,0,0,0,1,0,0,0", "1,9,0,0,0,0,0,1,0,0,0"))
        .withMessageEndingWith("line 3: row 1 already has votes");
    assertThatIOException()
        .isThrownBy(() -> FerPlus.read(List.of(directory.resolve("none.csv"))))
        .withMessageStartingWith("there is no file ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FaceVotes(Map.of(Vote.FEAR, -1)))
        .withMessage("votes for fear must be at least 0, were -1");
  }

  private FerPlus read(String... lines) throws IOException {
    return FerPlus.read(List.of(Files.write(directory.resolve("votes.csv"), List.of(lines))));
  }
}
