// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedDetectorTest {
  private static final GrayPicture DOT = GrayPicture.copyOf(1, 1, new byte[1]);

  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void opensOneForEachThreadThatDetectsAtOnceAndClosesAll() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    SharedDetector shared = new SharedDetector(() -> new Waiting(together));
    ExecutorService threads = Executors.newFixedThreadPool(2);

    for (int round = 0; round < 3; round++) {
      List<Future<List<DetectedFace>>> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        answers.add(threads.submit(() -> shared.detect(DOT, 48)));
      }
      for (Future<List<DetectedFace>> answer : answers) {
        answer.get(30, TimeUnit.SECONDS);
      }
    }
    threads.shutdown();
    shared.close();
    shared.close();

    assertThat(opened).hasValue(2);
    assertThat(closed).hasValue(2);
    assertThatThrownBy(() -> shared.detect(DOT, 48)).hasMessageContaining("closed");
  }

  /** Answers when two are asked at once. */
  private final class Waiting implements FaceDetector {
    private final CyclicBarrier together;

    Waiting(CyclicBarrier together) {
      this.together = together;
      opened.incrementAndGet();
    }

    @Override
    public List<DetectedFace> detect(GrayPicture picture, int minFaceSize) {
      try {
        together.await(30, TimeUnit.SECONDS);
        return List.of();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public double sureScore() {
      return 0.5;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
