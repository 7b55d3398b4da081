// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.DeadLetterReason;
import io.emotionstream.testkit.FixedAnswerClassifier;
import org.junit.jupiter.api.Test;

/** A processor dies with a batch half full; another one finds its slots as a changelog has them. */
class ClassifyProcessorRestoreTest {
  private final ClassifyTask task = new ClassifyTask();

  @Test
  void answersWhatAPredecessorLeftWaiting() {
    ClassifyProcessor predecessor = processor(3, 48);
    predecessor.init(task.context());
    task.process(predecessor, HAPPY);
    task.process(predecessor, SAD);
    predecessor.close();
    task.context().resetForwards();

    ClassifyProcessor successor = processor(3, 48);
    successor.init(task.context());
    assertThat(task.answers()).isEmpty(); // nothing may be forwarded within init
    task.process(successor, HAPPY);

    assertThat(task.answers()).containsExactly(HAPPY, SAD, HAPPY);
    assertThat(task.events().get(0).timestamp()).isEqualTo(NOON.toEpochMilli());
    assertThat(task.events().get(0).headers().lastHeader("offset").value()).containsExactly(0);
    assertThat(task.slots().approximateNumEntries()).isZero();
  }

  @Test
  void answersWhatWasLeftThoughNothingFollows() {
    ClassifyProcessor predecessor = processor(3, 48);
    predecessor.init(task.context());
    task.process(predecessor, SAD);

    processor(3, 48).init(task.context());
    task.fireNewestTimer();

    assertThat(task.answers()).containsExactly(SAD);
    assertThat(task.slots().approximateNumEntries()).isZero();
  }

  @Test
  void forgetsItsHeapWhenItsTaskStartsAnew() {
    ClassifyProcessor processor = processor(3, 48);
    processor.init(task.context());
    task.process(processor, SAD);
    task.slots().delete(0); // the transaction was aborted

    processor.close();
    processor.init(task.context());
    task.process(processor, HAPPY);
    task.fireNewestTimer();

    assertThat(task.answers()).containsExactly(HAPPY);
  }

  @Test
  void ignoresTheTimerOfBeforeItsTaskStartedAnew() {
    ClassifyProcessor processor = processor(8, 48);
    processor.init(task.context());
    task.process(processor, HAPPY);
    task.process(processor, SAD);
    processor.close();
    processor.init(task.context());
    task.process(processor, HAPPY);
    task.process(processor, HAPPY);
    task.process(processor, SAD);

    assertThat(task.timers().get(0).cancelled()).isTrue();
    task.fireTimer(0);
    assertThat(task.context().forwarded()).isEmpty();
    task.fireNewestTimer();

    assertThat(task.answers()).containsExactly(HAPPY, SAD, HAPPY, HAPPY, SAD);
    assertThat(task.timers()).hasSize(2).allMatch(timer -> timer.cancelled());
    assertThat(task.slots().approximateNumEntries()).isZero();
  }

  @Test
  void cancelsItsTimerThoughItStartsAnewWithoutHavingBeenClosed() {
    ClassifyProcessor processor = processor(8, 48);
    processor.init(task.context());
    task.process(processor, HAPPY);

    processor.init(task.context());
    task.fireTimer(0);
    assertThat(task.answers()).isEmpty();
    task.fireNewestTimer();

    assertThat(task.answers()).containsExactly(HAPPY);
    assertThat(task.timers().get(0).cancelled()).isTrue();
  }

  @Test
  void cancelsItsTimerWhenItCloses() {
    ClassifyProcessor processor = processor(8, 48);
    processor.init(task.context());
    task.process(processor, HAPPY);

    processor.close();

    assertThat(task.timers()).hasSize(1).allMatch(timer -> timer.cancelled());
    task.fireTimer(0);
    assertThat(task.context().forwarded()).isEmpty();
  }

  @Test
  void takesUpMoreThanABatchWhereBatchesGotSmaller() {
    ClassifyProcessor predecessor = processor(8, 48);
    predecessor.init(task.context());
    for (int i = 0; i < 5; i++) {
      task.process(predecessor, SAD);
    }

    FixedAnswerClassifier classifier = new FixedAnswerClassifier();
    processor(2, 48, () -> classifier).init(task.context());
    task.fireNewestTimer();

    assertThat(task.answers()).hasSize(5);
    assertThat(classifier.batchSizes()).containsExactly(2, 2, 1);
  }

  @Test
  void filesWhatTheNewConfigurationRefuses() {
    ClassifyProcessor predecessor = processor(3, 48);
    predecessor.init(task.context());
    task.process(predecessor, SAD);
    task.context().resetForwards();

    processor(3, 47).init(task.context());
    task.fireNewestTimer();

    DeadLetter letter = task.deadLetters().get(0);
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.BAD_DIMENSIONS);
    assertThat(letter.getSourceOffset()).isZero();
  }

  private static ClassifyProcessor processor(int maxBatch, int maxSide) {
    return processor(maxBatch, maxSide, FixedAnswerClassifier::new);
  }

  private static ClassifyProcessor processor(int maxBatch, int maxSide, ClassifierFactory factory) {
    return ClassifyTask.newProcessor(maxBatch, maxSide, factory, new ThreadBatches());
  }
}
