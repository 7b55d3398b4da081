// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static java.util.Objects.requireNonNull;

import io.emotionstream.classifier.Batch.Scored;
import io.emotionstream.classifier.Batch.Waiting;
import io.emotionstream.classifier.BatchClassifier.Answer;
import io.emotionstream.classifier.BatchClassifier.Failure;
import io.emotionstream.classifier.BatchClassifier.Probabilities;
import io.emotionstream.classifier.Inbound.Face;
import io.emotionstream.classifier.Inbound.Heartbeat;
import io.emotionstream.classifier.Inbound.Rejected;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.RecordFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of {@code face-frames} into emotion events, in batches, and passes heartbeats on;
 * the order of a partition is kept, but for dead letters, which go out at once.
 *
 * <p>A record that waits for its batch is in a heap list and in a slot of the store {@value
 * ClassifierTopology#WAITING_FRAMES}. A commit between two records of a batch thus saves the slots
 * with the offsets in one transaction, and {@link #init} takes up what a predecessor left there:
 * nothing is lost or answered twice, whatever is killed when. The record that fills a batch needs
 * no slot, so batches of one never touch the store.
 *
 * <p>A call of the network that a batch does not fill takes faces along that wait in other tasks of
 * the thread ({@link ThreadBatches}); their tasks forward them when their own timers run out, which
 * is at once.
 *
 * <p>The timer is armed for one shot when a batch starts. A periodic one would make Kafka Streams
 * take fewer records at a time and so keep the batches small. When it runs out {@link
 * BatchPatience} says whether to wait on.
 */
final class ClassifyProcessor implements Processor<String, byte[], String, SpecificRecord> {
  private final ClassifierConfig config;
  private final String sourceTopic;
  private final ClassifierFactory factory;
  private final InstantSource clock;
  private final FrameReader reader;
  private final BatchPatience patience;
  private final ThreadBatches threadBatches;
  private final Batch batch = new Batch();

  // Set by init, before any record.
  private @Nullable Task task;
  private @Nullable Cancellable timer;

  ClassifyProcessor(
      ClassifierConfig config,
      String sourceTopic,
      ClassifierFactory factory,
      ThreadBatches threadBatches,
      RecordFormat format,
      InstantSource clock) {
    this.config = config;
    this.sourceTopic = sourceTopic;
    this.factory = factory;
    this.threadBatches = threadBatches;
    this.clock = clock;
    this.reader = new FrameReader(config, format, clock);
    this.patience = new BatchPatience(config.maxLatency().toMillis());
  }

  /** What this processor has while its task runs. */
  private record Task(
      ProcessorContext<String, SpecificRecord> context,
      WaitingFrames slots,
      BatchClassifier classifier,
      DeadLetters deadLetters,
      ClassifySensors sensors) {}

  /** Also called anew after a failure of the task, hence resets everything. */
  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    close();
    ClassifySensors sensors = new ClassifySensors(context);
    task =
        new Task(
            context,
            new WaitingFrames(context.getStateStore(ClassifierTopology.WAITING_FRAMES)),
            new BatchClassifier(newClassifier(), config.maxBatch(), sensors),
            new DeadLetters(sourceTopic, context.taskId().partition(), clock),
            sensors);
    batch.clear();
    for (Slot slot : task.slots.restore()) {
      sensors.received();
      batch.add(slot, reader.read(slot));
    }
    threadBatches.join(batch);
    waitForMore(task);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Task task = task();
    task.sensors.received();
    long offset = task.context.recordMetadata().orElseThrow().offset();
    Slot slot =
        new Slot(record.key(), record.timestamp(), offset, record.headers(), record.value());
    Inbound inbound = reader.read(slot);
    if (inbound instanceof Rejected || (inbound instanceof Heartbeat && batch.isEmpty())) {
      forward(task, slot, inbound);
    } else {
      enqueue(task, slot, inbound);
    }
  }

  @Override
  public void close() {
    threadBatches.leave(batch);
    cancelTimer(); // Kafka Streams keeps the timers of a task that it starts anew
    if (task != null) {
      task.sensors.close();
      task.classifier.close();
      task = null;
    }
  }

  private void enqueue(Task task, Slot slot, Inbound inbound) {
    batch.add(slot, inbound);
    if (batch.size() >= config.maxBatch()) {
      score(task);
      forwardReady(task);
      return;
    }
    task.slots.add(slot);
    task.sensors.waiting(batch.size());
    if (timer == null) {
      beginToWait(task);
    } else {
      patience.added(task.context.currentSystemTimeMs());
    }
  }

  private void beginToWait(Task task) {
    patience.begin(task.context.currentSystemTimeMs());
    armTimer(task, patience.quiet());
  }

  private void armTimer(Task task, long millis) {
    long due = task.context.currentSystemTimeMs() + millis;
    timer =
        task.context.schedule(
            Duration.ofMillis(millis),
            PunctuationType.WALL_CLOCK_TIME,
            now -> fireIfCurrent(task, now, due));
  }

  /** A timer that was armed before the task started anew would answer its frames a second time. */
  @SuppressWarnings("ReferenceEquality") // the very task, not one like it
  private void fireIfCurrent(Task armedBy, long now, long due) {
    if (armedBy != task) {
      return;
    }
    cancelTimer();
    if (batch.hasScored()) { // another task's call took them along
      forwardReady(armedBy);
      return;
    }
    long left = patience.fired(now, now - due);
    if (left == 0) {
      score(armedBy);
      forwardReady(armedBy);
    } else {
      armTimer(armedBy, left);
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Has the network look at the faces that wait, and fills its call with those of other tasks. */
  private void score(Task task) {
    List<Waiting> faces = new ArrayList<>(batch.unscored(Integer.MAX_VALUE));
    if (faces.isEmpty()) {
      return;
    }
    int room = Math.floorMod(-faces.size(), config.maxBatch());
    faces.addAll(threadBatches.unscoredBeside(batch, room));
    List<Answer> answers = task.classifier.classify(faces.stream().map(Waiting::pixels).toList());
    String modelId = task.classifier.modelId();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (int i = 0; i < faces.size(); i++) {
      faces.get(i).score(new Scored(answers.get(i), modelId, now));
    }
  }

  /** Forwards what is ready, in order; what came since waits for its own batch. */
  private void forwardReady(Task task) {
    cancelTimer();
    for (Waiting waiting : batch.takeReady()) {
      if (waiting.inbound() instanceof Face face) {
        answer(task, waiting.slot(), face, requireNonNull(waiting.scored()));
      } else {
        forward(task, waiting.slot(), waiting.inbound());
      }
    }
    task.slots.clear();
    batch.slots().forEach(task.slots::add);
    waitForMore(task);
  }

  private void waitForMore(Task task) {
    task.sensors.waiting(batch.size());
    if (!batch.isEmpty()) {
      beginToWait(task);
    }
  }

  private void answer(Task task, Slot slot, Face face, Scored scored) {
    if (scored.answer() instanceof Failure failure) {
      forward(task, slot, new Rejected(failure.reason(), failure.message()));
      return;
    }
    EmotionEvent event =
        EmotionEvents.create(
            face.frame(),
            ((Probabilities) scored.answer()).values(),
            scored.modelId(),
            factory.calibrationOf(scored.modelId()),
            scored.at());
    Record<String, EmotionEvent> record =
        new Record<>(
            event.getCameraId(), event, event.getCapturedAt().toEpochMilli(), slot.headers());
    task.context.forward(record, ClassifierTopology.EMOTION_EVENTS);
    task.context.forward(record, ClassifierTopology.AGGREGATE_WINDOWS);
    task.sensors.classified();
  }

  private static void forward(Task task, Slot slot, Inbound inbound) {
    if (inbound instanceof Rejected fault) {
      task.context.forward(
          task.deadLetters.create(slot, fault), ClassifierTopology.EMOTION_DEAD_LETTERS);
      task.sensors.deadLettered(fault.reason());
    } else if (inbound instanceof Heartbeat sign) {
      task.context.forward(
          new Record<>(
              sign.heartbeat().getCameraId(),
              sign.heartbeat(),
              sign.heartbeat().getObservedAt().toEpochMilli(),
              slot.headers()),
          ClassifierTopology.AGGREGATE_WINDOWS);
      task.sensors.heartbeat();
    }
  }

  private EmotionClassifier newClassifier() {
    try {
      return factory.newClassifier();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Task task() {
    if (task == null) {
      throw new IllegalStateException("the processor is not initialized");
    }
    return task;
  }
}
