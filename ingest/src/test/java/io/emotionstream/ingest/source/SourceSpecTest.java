// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.emotionstream.datasets.fer2013.Usage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSpecTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fer2013.csv",
        "/data/my faces/fer 2013.csv.gz",
        "C:\\data\\fer2013.csv",
        "D:/data/fer2013.csv",
        "50%20off.csv",
        "odd?name.csv",
        "what=this.csv",
        "dir?a=b/fer2013.csv"
      })
  void fileNamesStayAsTheyAre(String file) {
    assertThat(SourceSpec.parse("fer2013:" + file))
        .isEqualTo(new SourceSpec.Fer2013("fer2013:" + file, Path.of(file), Optional.empty()));
  }

  @Test
  void optionsComeAfterTheFile() {
    String uri = "fer2013:C:\\my faces?\\fer2013.csv?usage=publictest";

    SourceSpec spec = SourceSpec.parse(uri);

    assertThat(spec)
        .isEqualTo(
            new SourceSpec.Fer2013(
                uri, Path.of("C:\\my faces?\\fer2013.csv"), Optional.of(Usage.PUBLIC_TEST)));
  }

  @Test
  void tildeIsTheHomeDirectory() {
    assertThat(SourceSpec.parse("images:~/faces"))
        .isEqualTo(
            new SourceSpec.Images(
                "images:~/faces", Path.of(System.getProperty("user.home"), "faces")));
  }

  @Test
  void schemesHaveNoCase() {
    assertThat(SourceSpec.parse("IMAGES:faces"))
        .isEqualTo(new SourceSpec.Images("IMAGES:faces", Path.of("faces")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"synthetic:", "synthetic:?"})
  void syntheticFacesAreEndlessWithoutACount(String uri) {
    assertThat(SourceSpec.parse(uri))
        .isEqualTo(new SourceSpec.Synthetic(uri, 42, OptionalLong.empty()));
  }

  @Test
  void syntheticFacesHaveASeedAndACount() {
    String uri = "synthetic:?seed=-7&count=1000";

    assertThat(SourceSpec.parse(uri))
        .isEqualTo(new SourceSpec.Synthetic(uri, -7, OptionalLong.of(1000)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "faces.csv | source 'faces.csv' has no scheme, known are ",
        "C:\\faces | source 'C:\\faces' has an unknown scheme, known are rtsp://",
        "smb://cam/1 | source 'smb://cam/1' has an unknown scheme, known are ",
        "fer2013: | source 'fer2013:' names no FILE.csv, known are ",
        "images:?  | source 'images:?' names no DIRECTORY, known are ",
        "images:d?seed=1 | source 'images:d?seed=1' has an unknown option 'seed', known are detect",
        "synthetic:faces | source 'synthetic:faces' takes no file, write synthetic: or ",
        "synthetic:?sede=1 | source 'synthetic:?sede=1' has an unknown option 'sede', known are se",
        "synthetic:?seed=1&seed=2 | source 'synthetic:?seed=1&seed=2' has option 'seed' twice, ",
        "synthetic:?seed=x | source 'synthetic:?seed=x': seed must be a whole number, was 'x'",
        "synthetic:?count=0 | source 'synthetic:?count=0': count must be at least 1, was '0'",
        "fer2013:f?usage=test | source 'fer2013:f?usage=test': usage must be one of [Training, "
      })
  void wrongUriSaysWhatIsKnown(String uri, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceSpec.parse(uri))
        .withMessageStartingWith(message);
  }

  @Test
  void missingFileIsNamedWithItsUri() {
    SourceSpec.Crops spec =
        (SourceSpec.Crops) SourceSpec.parse("fer2013:/no/such/fer2013.csv?usage=Training");

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> spec.open(0, 1, skipped -> {}))
        .withMessageStartingWith(
            "source fer2013:/no/such/fer2013.csv?usage=Training: there is no file ")
        .withMessageEndingWith("the README says where to get fer2013.csv");
  }

  @Test
  void missingDirectoryIsNamedWithItsUri() {
    SourceSpec.Crops spec = (SourceSpec.Crops) SourceSpec.parse("images:/no/such/folder");

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> spec.open(0, 1, skipped -> {}))
        .withMessageStartingWith("source images:/no/such/folder: there is no directory ");
  }
}
