// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.ingest.Ingest;
import io.emotionstream.ingest.IngestCounts;
import io.emotionstream.ingest.health.CameraPages;
import io.emotionstream.operations.Operations;
import io.emotionstream.operations.OperationsServer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Publishes face frames until the sources end, or it is stopped: then their windows stay open. */
@Command(name = "ingest", description = "Publish face frames from the sources to Kafka.")
final class IngestCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private SourceOptions sources = new SourceOptions();
  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Override
  public Integer call() throws Exception {
    try (Operations operations = new Operations("ingest", EmotionCommand.version());
        Ingest ingest =
            new Ingest(
                sources.toConfig(), kafka.topics(), kafka.settings(), InstantSource.system());
        OperationsServer server = show(operations, ingest)) {
      StopSignal stop = StopSignal.install();
      FramesTopic.require(kafka.topics(), kafka.settings());
      ingest.start();
      Service.await(stop, ingest::failure, ingest::isDone);
      ingest.close();
      IngestCounts counts = ingest.counts();
      System.out.println(counts);
      long missing = counts.published() - counts.acknowledged() - counts.lost();
      if (missing != 0) {
        throw new IllegalStateException(
            "%d of %d frames were not acknowledged by the broker"
                .formatted(missing, counts.published()));
      }
    }
    return 0;
  }

  private @Nullable OperationsServer show(Operations operations, Ingest ingest) throws IOException {
    ingest.addTo(operations);
    operations.watchKafka(kafka.settings(), Set.of());
    return metrics.show(operations, new CameraPages(ingest::health, ingest::snapshot));
  }
}
