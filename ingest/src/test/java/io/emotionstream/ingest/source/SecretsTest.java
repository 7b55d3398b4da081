// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.emotionstream.ingest.IngestConfig;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://u:p@h/x, rtsp://***@h/x",
    "rtsp://u:p@ss/w@rd@h:554/x, rtsp://***@h:554/x",
    "rtsp://token@h/x, rtsp://***@h/x",
    "rtsp://u:p ss@h/x, rtsp://***@h/x",
    "http://h/cgi?user=adm&pwd=123&ch=1, http://h/cgi?user=***&pwd=***&ch=1",
    "rtsp://h/user=adm_password=x_channel=1, rtsp://h/user=***",
    "http://h/x?api_key=1#f, http://h/x?api_key=***",
    "video:clip.mp4?realtime=true, video:clip.mp4?realtime=true",
    "fer2013:a.csv?usage=PublicTest, fer2013:a.csv?usage=PublicTest"
  })
  void secretsOfUrlsAreHidden(String url, String masked) {
    assertThat(Secrets.mask(url)).isEqualTo(masked);
    assertThat(Secrets.mask("cannot open " + url + " now"))
        .isEqualTo("cannot open " + masked + " now");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtps://user:hidden@h/x",
        "rtsp://user:hidden@h/x#transport=mail",
        "rtsp://user:hidden word@h/x",
        "rtsp:user:hidden@h",
        "synthetic:rtsp://user:hidden@h"
      })
  void messagesAboutAUrlHideThemToo(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceSpec.parse(uri))
        .satisfies(
            e -> {
              if (uri.contains("://")) {
                assertThat(e.getMessage()).doesNotContain("hidden");
              }
            });
  }

  @Test
  void configurationHidesThem() {
    IngestConfig config =
        new IngestConfig(
            List.of("rtsp://user:hidden@h/x"), 1, OptionalDouble.empty(), Duration.ofSeconds(1));

    assertThat(config.toString()).contains("rtsp://***@h/x").doesNotContain("hidden");
    assertThat(SourceSpec.parse("rtsp://user:hidden@h/x").toString()).isEqualTo("rtsp://***@h/x");
  }
}
