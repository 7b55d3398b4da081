// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoPageTest {
  @Test
  void takesTheNextPortThatIsFreeWhereNoneWasAskedFor() throws IOException {
    try (DemoPage one = page(Optional.empty());
        DemoPage other = page(Optional.empty())) {
      assertThat(port(one)).isBetween(8080, 8098);
      assertThat(port(other)).isGreaterThan(port(one)).isLessThan(8100);
    }
  }

  @Test
  void doesNotMoveFromThePortThatWasAskedFor() throws IOException {
    try (DemoPage one = page(Optional.of(0))) {
      int taken = port(one);

      assertThatThrownBy(() -> page(Optional.of(taken)))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + taken);
    }
  }

  @Test
  void canBeLeftOut() throws IOException {
    try (DemoPage none = DemoPage.open(Optional.empty(), Topics.defaults(), "unused", "unused")) {
      assertThat(none).hasToString("none");
    }
  }

  private static int port(DemoPage page) {
    return URI.create(page.toString()).getPort();
  }

  private static DemoPage page(Optional<Integer> port) throws IOException {
    return DemoPage.open(
        Optional.of(new PageChoice("test", port, List.of())),
        Topics.defaults(),
        "127.0.0.1:1",
        "jdbc:postgresql://127.0.0.1:1/none");
  }
}
