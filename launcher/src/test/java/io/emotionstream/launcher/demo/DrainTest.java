// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emotionstream.launcher.demo.DemoSummary.Latency;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class DrainTest {
  private final Queue<Boolean> read = new ArrayDeque<>();
  private final Queue<DemoSummary> summaries = new ArrayDeque<>();
  private final Drain.Books books =
      new Drain.Books() {
        @Override
        public boolean areRead() {
          return read.size() > 1 ? read.remove() : read.element();
        }

        @Override
        public DemoSummary read() {
          return summaries.size() > 1 ? summaries.remove() : summaries.element();
        }
      };

  @Test
  void waitsForTopicsThatWereNotReadToTheirEndThoughNothingIsMissingYet() throws Exception {
    read.add(false);
    read.add(true);
    summaries.add(summary(0, 0));
    summaries.add(summary(0, 0));
    summaries.add(summary(2, 2));

    DemoSummary drained = new Drain(books, new Health()).await();

    assertThat(drained.framesPublished()).isEqualTo(2);
  }

  @Test
  void waitsForFacesThatAreStillOnTheirWay() throws Exception {
    read.add(true);
    summaries.add(summary(2, 0));
    summaries.add(summary(2, 1));
    summaries.add(summary(2, 2));

    DemoSummary drained = new Drain(books, new Health()).await();

    assertThat(drained.facesClassified()).isEqualTo(2);
  }

  @Test
  void endsWithTheStageThatFailed() {
    read.add(true);
    summaries.add(summary(2, 0));
    Health health = new Health(() -> Optional.of(new IllegalStateException("disk full")));

    assertThatThrownBy(() -> new Drain(books, health).await())
        .hasMessage("a stage failed: disk full");
  }

  private static DemoSummary summary(long frames, long classified) {
    return new DemoSummary(
        frames,
        classified,
        0,
        classified,
        1,
        1,
        classified,
        0,
        0,
        List.of(),
        Map.of(),
        1,
        new Latency(1, 1),
        0,
        0,
        "m");
  }
}
