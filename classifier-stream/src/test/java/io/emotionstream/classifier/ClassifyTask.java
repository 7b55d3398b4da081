// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;

import io.emotionstream.schemas.DeadLetter;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.testkit.Faces;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A task's context and store, which outlive the processors that use them. */
final class ClassifyTask {
  private final MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
  private final KeyValueStore<Integer, byte[]> slots =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(ClassifierTopology.WAITING_FRAMES),
              Serdes.Integer(),
              Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private long offset;

  ClassifyTask() {
    slots.init(context.getStateStoreContext(), slots);
    context.setCurrentSystemTimeMs(NOON.toEpochMilli());
  }

  /** Returns a processor with batches of {@code maxBatch} within 5 ms, not started. */
  static ClassifyProcessor newProcessor(
      int maxBatch, int maxSide, ClassifierFactory factory, ThreadBatches batches) {
    ClassifierConfig config =
        new ClassifierConfig(
            new DistributionWindow(Duration.ofSeconds(10), Duration.ZERO),
            maxBatch,
            Duration.ofMillis(5),
            1,
            maxSide,
            Duration.ofMinutes(1));
    return new ClassifyProcessor(
        config, "face-frames", factory, batches, RecordFormat.SINGLE_OBJECT, () -> NOON);
  }

  MockProcessorContext<String, SpecificRecord> context() {
    return context;
  }

  KeyValueStore<Integer, byte[]> slots() {
    return slots;
  }

  void process(ClassifyProcessor processor, Emotion emotion) {
    process(processor, Faces.frame("lobby", NOON).showing(emotion).build());
  }

  /** The header {@code offset} says which record it is. */
  void process(ClassifyProcessor processor, FaceFrame frame) {
    context.setRecordMetadata("face-frames", 0, offset);
    processor.process(
        new Record<>(
            "lobby",
            StreamDriver.encoded(frame),
            NOON.toEpochMilli(),
            new RecordHeaders().add("offset", new byte[] {(byte) offset})));
    offset++;
  }

  void fireNewestTimer() {
    fireTimer(timers().size() - 1);
  }

  /** A second late, whether or not it was cancelled. */
  void fireTimer(int index) {
    timers().get(index).getPunctuator().punctuate(NOON.plusSeconds(1).toEpochMilli());
  }

  List<CapturedPunctuator> timers() {
    return context.scheduledPunctuators();
  }

  List<Emotion> answers() {
    return events().stream().map(event -> ((EmotionEvent) event.value()).getEmotion()).toList();
  }

  List<? extends Record<?, ?>> events() {
    return forwarded(ClassifierTopology.EMOTION_EVENTS);
  }

  List<DeadLetter> deadLetters() {
    return forwarded(ClassifierTopology.EMOTION_DEAD_LETTERS).stream()
        .map(record -> (DeadLetter) record.value())
        .toList();
  }

  private List<? extends Record<?, ?>> forwarded(String child) {
    return context.forwarded(child).stream().map(CapturedForward::record).toList();
  }
}
