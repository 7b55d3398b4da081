// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.testkit.FixedAnswerClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ClassifierPoolTest {
  private final List<FixedAnswerClassifier> made = new ArrayList<>();
  private final ClassifierPool pool = new ClassifierPool(this::make, 12);

  @Test
  void warmsUpOneNetworkAThreadWithEverySizeUpToTheBatch() throws Exception {
    pool.warmUp(2);

    assertThat(made).hasSize(2);
    assertThat(made.get(1).batchSizes())
        .containsExactly(1, 2, 4, 8, 12, 1, 2, 4, 8, 12, 1, 2, 4, 8, 12);
  }

  @Test
  void givesTheTasksOfAThreadOneNetwork() throws Exception {
    pool.warmUp(1);

    use(pool.newClassifier());
    use(pool.newClassifier());

    assertThat(made).hasSize(1);
  }

  @Test
  void keepsTheNetworkWhenATaskClosesIt() throws Exception {
    pool.newClassifier().close();

    use(pool.newClassifier());

    assertThat(made).hasSize(1);
    assertThat(made.get(0).isClosed()).isFalse();
  }

  @Test
  void givesEachThreadItsOwnNetwork() throws Exception {
    use(pool.newClassifier());
    inAnotherThread(
        () -> {
          use(pool.newClassifier());
          return null;
        });

    assertThat(made).hasSize(2);
  }

  @Test
  void givesTheNetworkOfADeadThreadToTheNext() throws Exception {
    inAnotherThread(pool::newClassifier);
    inAnotherThread(pool::newClassifier);

    assertThat(made).hasSize(1);
  }

  @Test
  void closesEveryNetwork() throws Exception {
    pool.warmUp(2);
    use(pool.newClassifier());

    pool.close();

    assertThat(made).hasSize(2).allMatch(FixedAnswerClassifier::isClosed);
  }

  private EmotionClassifier make() {
    FixedAnswerClassifier network = new FixedAnswerClassifier();
    made.add(network);
    return network;
  }

  private static void use(EmotionClassifier classifier) {
    assertThat(classifier.modelId()).isEqualTo(FixedAnswerClassifier.MODEL_ID);
    assertThat(classifier.classify(new float[1][FaceNormalizer.PIXELS])).hasDimensions(1, 7);
  }

  private static <T> void inAnotherThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.start();
    task.get();
    thread.join();
  }
}
