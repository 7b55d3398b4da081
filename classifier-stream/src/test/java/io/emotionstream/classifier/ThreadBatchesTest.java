// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.schemas.Emotion.ANGRY;
import static io.emotionstream.schemas.Emotion.FEAR;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.DeadLetterReason;
import io.emotionstream.testkit.Faces;
import io.emotionstream.testkit.FixedAnswerClassifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two tasks of one thread. */
class ThreadBatchesTest {
  private static final int MAX_BATCH = 4;

  private final ThreadBatches batches = new ThreadBatches();
  private final List<FixedAnswerClassifier> networks = new ArrayList<>();
  private final ClassifyTask first = new ClassifyTask();
  private final ClassifyTask second = new ClassifyTask();
  private final ClassifyProcessor firstProcessor = start(first);
  private final ClassifyProcessor secondProcessor = start(second);

  @Test
  void takesFacesOfOtherTasksAlongButLeavesForwardingToThem() {
    first.process(firstProcessor, HAPPY);
    first.process(firstProcessor, SAD);
    second.process(secondProcessor, ANGRY);
    second.process(secondProcessor, FEAR);

    first.fireNewestTimer();
    assertThat(calls()).containsExactly(4);
    assertThat(first.answers()).containsExactly(HAPPY, SAD);
    assertThat(second.answers()).isEmpty();
    assertThat(second.slots().approximateNumEntries()).isEqualTo(2);
    second.fireNewestTimer();

    assertThat(calls()).containsExactly(4);
    assertThat(second.answers()).containsExactly(ANGRY, FEAR);
    assertThat(second.events().get(1).headers().lastHeader("offset").value()).containsExactly(1);
    assertThat(second.slots().approximateNumEntries()).isZero();
    assertThat(second.timers()).allMatch(timer -> timer.cancelled());
  }

  @Test
  void keepsWhatCameAfterTheCallForTheNextBatch() {
    first.process(firstProcessor, HAPPY);
    second.process(secondProcessor, ANGRY);
    first.fireNewestTimer();
    second.process(secondProcessor, FEAR);

    second.fireNewestTimer();
    assertThat(second.answers()).containsExactly(ANGRY);
    assertThat(second.slots().approximateNumEntries()).isEqualTo(1);

    second.fireNewestTimer();
    assertThat(second.answers()).containsExactly(ANGRY, FEAR);
    assertThat(calls()).containsExactly(2, 1);
    assertThat(second.slots().approximateNumEntries()).isZero();
  }

  @Test
  void answersAllWhenABatchFillsOfWhichSomeIsScored() {
    first.process(firstProcessor, HAPPY);
    second.process(secondProcessor, ANGRY);
    second.process(secondProcessor, FEAR);
    first.fireNewestTimer();

    second.process(secondProcessor, SAD);
    second.process(secondProcessor, HAPPY);

    assertThat(second.answers()).containsExactly(ANGRY, FEAR, SAD, HAPPY);
    assertThat(calls()).containsExactly(3, 2);
    assertThat(second.slots().approximateNumEntries()).isZero();
  }

  @Test
  void asksForNoMoreThanABatchAtOnce() {
    for (int i = 0; i < 3; i++) {
      first.process(firstProcessor, HAPPY);
      second.process(secondProcessor, SAD);
    }

    first.fireNewestTimer();
    second.fireNewestTimer();
    second.fireNewestTimer();

    assertThat(calls()).containsExactly(4, 2);
    assertThat(second.answers()).containsExactly(SAD, SAD, SAD);
  }

  @Test
  void leavesAFaceThatFailsToItsOwnTask() {
    first.process(firstProcessor, HAPPY);
    second.process(secondProcessor, ANGRY);
    second.process(secondProcessor, Faces.frame("lobby", NOON).failingClassifier().build());

    first.fireNewestTimer();
    assertThat(first.answers()).containsExactly(HAPPY);
    assertThat(first.deadLetters()).isEmpty();
    second.fireNewestTimer();

    assertThat(second.answers()).containsExactly(ANGRY);
    assertThat(second.deadLetters())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.CLASSIFIER_FAILED);
    assertThat(second.deadLetters().get(0).getSourceOffset()).isEqualTo(1);
  }

  @Test
  void forgetsWhatWasScoredWhenItsTaskStartsAnew() {
    first.process(firstProcessor, HAPPY);
    second.process(secondProcessor, ANGRY);
    first.fireNewestTimer();
    secondProcessor.close();

    second.process(start(second), FEAR);
    second.fireNewestTimer();

    assertThat(second.answers()).as("scored anew, once").containsExactly(ANGRY, FEAR);
    assertThat(calls()).containsExactly(2, 2);
  }

  @Test
  void takesNothingOfATaskThatWasClosed() {
    first.process(firstProcessor, HAPPY);
    second.process(secondProcessor, ANGRY);
    secondProcessor.close();

    first.fireNewestTimer();

    assertThat(calls()).containsExactly(1);
  }

  @Test
  void takesNothingOfAnotherThread() throws InterruptedException {
    ClassifyTask elsewhere = new ClassifyTask();
    Thread thread = new Thread(() -> elsewhere.process(start(elsewhere), SAD));
    thread.start();
    thread.join();
    first.process(firstProcessor, HAPPY);

    first.fireNewestTimer();

    assertThat(calls()).containsExactly(1);
  }

  private ClassifyProcessor start(ClassifyTask task) {
    ClassifyProcessor processor =
        ClassifyTask.newProcessor(MAX_BATCH, 48, this::newNetwork, batches);
    processor.init(task.context());
    return processor;
  }

  private FixedAnswerClassifier newNetwork() {
    FixedAnswerClassifier network = new FixedAnswerClassifier();
    networks.add(network);
    return network;
  }

  /** Returns how many faces were asked for at once, by the first task, then by the second. */
  private List<Integer> calls() {
    return networks.stream().flatMap(network -> network.batchSizes().stream()).toList();
  }
}
