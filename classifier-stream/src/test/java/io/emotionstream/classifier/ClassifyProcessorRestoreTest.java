// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.DeadLetterReason;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.testkit.Faces;
import io.emotionstream.testkit.FixedAnswerClassifier;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A processor dies with a batch half full; another one finds its slots as a changelog has them. */
class ClassifyProcessorRestoreTest {
  private final MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
  private final KeyValueStore<Integer, byte[]> slots =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(ClassifierTopology.WAITING_FRAMES),
              Serdes.Integer(),
              Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private long offset;

  @BeforeEach
  void openStore() {
    slots.init(context.getStateStoreContext(), slots);
    context.setCurrentSystemTimeMs(NOON.toEpochMilli());
  }

  @Test
  void answersWhatAPredecessorLeftWaiting() {
    ClassifyProcessor predecessor = processor(3, 48);
    predecessor.init(context);
    process(predecessor, HAPPY);
    process(predecessor, SAD);
    predecessor.close();
    context.resetForwards();

    ClassifyProcessor successor = processor(3, 48);
    successor.init(context);
    assertThat(answers()).isEmpty(); // nothing may be forwarded within init
    process(successor, HAPPY);

    assertThat(answers()).containsExactly(HAPPY, SAD, HAPPY);
    assertThat(event(0).timestamp()).isEqualTo(NOON.toEpochMilli());
    assertThat(event(0).headers().lastHeader("offset").value()).containsExactly(0);
    assertThat(slots.approximateNumEntries()).isZero();
  }

  @Test
  void answersWhatWasLeftThoughNothingFollows() {
    ClassifyProcessor predecessor = processor(3, 48);
    predecessor.init(context);
    process(predecessor, SAD);

    processor(3, 48).init(context);
    fireNewestTimer();

    assertThat(answers()).containsExactly(SAD);
    assertThat(slots.approximateNumEntries()).isZero();
  }

  @Test
  void forgetsItsHeapWhenItsTaskStartsAnew() {
    ClassifyProcessor processor = processor(3, 48);
    processor.init(context);
    process(processor, SAD);
    slots.delete(0); // the transaction was aborted

    processor.close();
    processor.init(context);
    process(processor, HAPPY);
    fireNewestTimer();

    assertThat(answers()).containsExactly(HAPPY);
  }

  @Test
  void ignoresTheTimerOfBeforeItsTaskStartedAnew() {
    ClassifyProcessor processor = processor(8, 48);
    processor.init(context);
    process(processor, HAPPY);
    process(processor, SAD);
    processor.close();
    processor.init(context);
    process(processor, HAPPY);
    process(processor, HAPPY);
    process(processor, SAD);

    assertThat(context.scheduledPunctuators().get(0).cancelled()).isTrue();
    fireTimer(0);
    assertThat(context.forwarded()).isEmpty();
    fireNewestTimer();

    assertThat(answers()).containsExactly(HAPPY, SAD, HAPPY, HAPPY, SAD);
    assertThat(context.scheduledPunctuators()).hasSize(2).allMatch(timer -> timer.cancelled());
    assertThat(slots.approximateNumEntries()).isZero();
  }

  @Test
  void cancelsItsTimerThoughItStartsAnewWithoutHavingBeenClosed() {
    ClassifyProcessor processor = processor(8, 48);
    processor.init(context);
    process(processor, HAPPY);

    processor.init(context);
    fireTimer(0);
    assertThat(answers()).isEmpty();
    fireNewestTimer();

    assertThat(answers()).containsExactly(HAPPY);
    assertThat(context.scheduledPunctuators().get(0).cancelled()).isTrue();
  }

  @Test
  void cancelsItsTimerWhenItCloses() {
    ClassifyProcessor processor = processor(8, 48);
    processor.init(context);
    process(processor, HAPPY);

    processor.close();

    assertThat(context.scheduledPunctuators()).hasSize(1).allMatch(timer -> timer.cancelled());
    fireTimer(0);
    assertThat(context.forwarded()).isEmpty();
  }

  @Test
  void takesUpMoreThanABatchWhereBatchesGotSmaller() {
    ClassifyProcessor predecessor = processor(8, 48);
    predecessor.init(context);
    for (int i = 0; i < 5; i++) {
      process(predecessor, SAD);
    }

    FixedAnswerClassifier classifier = new FixedAnswerClassifier();
    processor(2, 48, () -> classifier).init(context);
    fireNewestTimer();

    assertThat(answers()).hasSize(5);
    assertThat(classifier.batchSizes()).containsExactly(2, 2, 1);
  }

  @Test
  void filesWhatTheNewConfigurationRefuses() {
    ClassifyProcessor predecessor = processor(3, 48);
    predecessor.init(context);
    process(predecessor, SAD);
    context.resetForwards();

    processor(3, 47).init(context);
    fireNewestTimer();

    DeadLetter letter = (DeadLetter) context.forwarded().get(0).record().value();
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.BAD_DIMENSIONS);
    assertThat(letter.getSourceOffset()).isZero();
  }

  private static ClassifyProcessor processor(int maxBatch, int maxSide) {
    return processor(maxBatch, maxSide, FixedAnswerClassifier::new);
  }

  private static ClassifyProcessor processor(int maxBatch, int maxSide, ClassifierFactory factory) {
    ClassifierConfig config =
        new ClassifierConfig(
            new DistributionWindow(Duration.ofSeconds(10), Duration.ZERO),
            maxBatch,
            Duration.ofMillis(5),
            1,
            maxSide,
            Duration.ofMinutes(1));
    return new ClassifyProcessor(
        config, "face-frames", factory, RecordFormat.SINGLE_OBJECT, () -> NOON);
  }

  private void process(ClassifyProcessor processor, Emotion emotion) {
    FaceFrame frame = Faces.frame("lobby", NOON).showing(emotion).build();
    context.setRecordMetadata("face-frames", 0, offset);
    processor.process(
        new Record<>(
            "lobby",
            StreamDriver.encoded(frame),
            NOON.toEpochMilli(),
            new RecordHeaders().add("offset", new byte[] {(byte) offset})));
    offset++;
  }

  private void fireNewestTimer() {
    fireTimer(context.scheduledPunctuators().size() - 1);
  }

  private void fireTimer(int index) {
    context
        .scheduledPunctuators()
        .get(index)
        .getPunctuator()
        .punctuate(NOON.plusSeconds(1).toEpochMilli());
  }

  private Record<?, ?> event(int index) {
    return events().get(index);
  }

  private List<Emotion> answers() {
    return events().stream().map(event -> ((EmotionEvent) event.value()).getEmotion()).toList();
  }

  private List<? extends Record<?, ?>> events() {
    return context.forwarded(ClassifierTopology.EMOTION_EVENTS).stream()
        .map(CapturedForward::record)
        .toList();
  }
}
