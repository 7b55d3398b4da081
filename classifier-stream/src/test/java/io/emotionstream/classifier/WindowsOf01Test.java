// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.classifier.StreamDriver.NOON;
import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.testkit.Events;
import io.emotionstream.testkit.Faces;
import io.emotionstream.testkit.FixedAnswerClassifier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What release 0.1 left in the store of cameras is taken over. */
class WindowsOf01Test {
  private static final byte[] CAMERA_OF_01 =
      HexFormat.of().parseHex(CameraWindowsSerdeTest.GOLDEN); // one face in [noon, noon + 10 s)

  private final MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
  private byte[] stored = CAMERA_OF_01;

  @BeforeEach
  void openStores() {
    context.setCurrentSystemTimeMs(NOON.toEpochMilli());
    KeyValueStore<String, CameraWindows> cameras =
        open(ClassifierTopology.CAMERA_WINDOWS, Serdes.String(), serdeThatFirstWritesOf01());
    open(ClassifierTopology.WINDOW_PANES, Serdes.Bytes(), Serdes.ByteArray());
    open(ClassifierTopology.MODEL_CONFUSIONS, Serdes.String(), Serdes.ByteArray());
    cameras.put("lobby", new CameraWindows());
  }

  @Test
  void countsOnInAnOpenWindow() {
    WindowsProcessor processor = processor(Duration.ofSeconds(10));

    see(processor, SAD, NOON.plusSeconds(2));
    end(processor);

    EmotionDistribution window = window(0);
    assertThat(window.getWindowStart()).isEqualTo(NOON);
    assertThat(window.getTotal()).isEqualTo(2);
    assertThat(window.getCounts()).containsEntry("HAPPY", 1L).containsEntry("SAD", 1L);
    assertThat(window.getModelIds()).containsExactly(FixedAnswerClassifier.MODEL_ID);
    assertThat(window.getTracks()).isNull(); // 0.1 did not keep them
    assertThat(window.getConfidenceWeightedCounts()).isEmpty();
    assertThat(window.getUncertainFaces()).isNull();
  }

  @Test
  void finishesAnOpenWindowOfASizeThatIsConfiguredNoMore() {
    WindowsProcessor processor = processor(Duration.ofMinutes(1));

    see(processor, SAD, NOON.plusSeconds(61));

    assertThat(context.forwarded()).hasSize(1);
    assertThat(window(0).getWindowSizeMillis()).isEqualTo(10_000);
    assertThat(window(0).getTotal()).isEqualTo(1);
  }

  @Test
  void neverOpensAWindowAgainThatRelease01Closed() {
    stored =
        ByteBuffer.allocate(21)
            .put((byte) 1)
            .putLong(Micros.of(NOON.plusSeconds(1)))
            .putLong(Micros.of(NOON.plusSeconds(10)))
            .putInt(0)
            .array();
    openStores();
    WindowsProcessor processor = processor(Duration.ofSeconds(10));

    see(processor, HAPPY, NOON.plusSeconds(2));
    end(processor);

    assertThat(context.forwarded()).hasSize(1);
    assertThat(context.forwarded().get(0).childName())
        .isEqualTo(Optional.of(ClassifierTopology.EMOTION_LATE_EVENTS));
  }

  private WindowsProcessor processor(Duration size) {
    ClassifierConfig config =
        ClassifierConfig.defaults()
            .withWindows(List.of(new DistributionWindow(size, Duration.ZERO)));
    WindowsProcessor processor = new WindowsProcessor(config, model -> Optional.empty());
    processor.init(context);
    return processor;
  }

  private static void see(WindowsProcessor processor, Emotion emotion, Instant time) {
    processor.process(
        new Record<>("lobby", Events.event("lobby", emotion, time).build(), time.toEpochMilli()));
  }

  private static void end(WindowsProcessor processor) {
    processor.process(
        new Record<>("lobby", Faces.end("lobby", NOON.plusSeconds(3)), NOON.toEpochMilli()));
  }

  private EmotionDistribution window(int index) {
    return (EmotionDistribution) context.forwarded().get(index).record().value();
  }

  private Serde<CameraWindows> serdeThatFirstWritesOf01() {
    CameraWindowsSerde today = new CameraWindowsSerde();
    return Serdes.serdeFrom(
        (topic, camera) ->
            camera.kinds().isEmpty() ? stored : today.serializer().serialize(topic, camera),
        today.deserializer());
  }

  private <K, V> KeyValueStore<K, V> open(String name, Serde<K> keys, Serde<V> values) {
    KeyValueStore<K, V> store =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    return store;
  }
}
