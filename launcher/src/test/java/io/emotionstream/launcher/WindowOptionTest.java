// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.classifier.DistributionWindow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class WindowOptionTest {
  private static final Duration GRACE = Duration.ofSeconds(2);

  @Test
  void readsSizeAdvanceAndGrace() {
    assertThat(WindowOption.parse("10s").toWindow(GRACE))
        .isEqualTo(new DistributionWindow(Duration.ofSeconds(10), GRACE));
    assertThat(WindowOption.parse("15m/5m").toWindow(GRACE))
        .isEqualTo(new DistributionWindow(Duration.ofMinutes(15), Duration.ofMinutes(5), GRACE));
    assertThat(WindowOption.parse("15m/5m+1m").toWindow(GRACE))
        .isEqualTo(
            new DistributionWindow(
                Duration.ofMinutes(15), Duration.ofMinutes(5), Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10s/", "10s/5s/5s", "10s+1s+1s", "/5s"})
  void refusesWhatIsNoWindow(String text) {
    assertThatThrownBy(() -> WindowOption.parse(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("is no window: write 10s, 15m/5m");
  }

  @Test
  void takesSeveralWithCommasOrRepeatedAndTenSecondsByItself() {
    assertThat(windows("--window", "10s,1m", "--window", "15m/1m"))
        .extracting(window -> window.size().toSeconds(), DistributionWindow::windowsOfAFace)
        .containsExactly(tuple(10L, 1), tuple(60L, 1), tuple(900L, 15));
    assertThat(windows()).isEqualTo(ClassifierConfig.defaults().windows());
  }

  private static List<DistributionWindow> windows(String... args) {
    ClassifierOptions options = new ClassifierOptions();
    Main.withConverters(new CommandLine(options)).parseArgs(args);
    return options.toConfig().windows();
  }
}
