// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.ingest.Ingest;
import io.emotionstream.ingest.IngestCounts;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Publishes face frames until the sources end, or it is stopped: then their windows stay open. */
@Command(name = "ingest", description = "Publish face frames from the sources to Kafka.")
final class IngestCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private SourceOptions sources = new SourceOptions();

  @Override
  public Integer call() throws Exception {
    try (Ingest ingest =
        new Ingest(sources.toConfig(), kafka.topics(), kafka.settings(), InstantSource.system())) {
      StopSignal stop = StopSignal.install();
      ingest.start();
      Service.await(stop, ingest::failure, ingest::isDone);
      ingest.close();
      IngestCounts counts = ingest.counts();
      System.out.println(counts);
      if (counts.acknowledged() != counts.published()) {
        throw new IllegalStateException(
            "%d of %d frames were not acknowledged by the broker"
                .formatted(counts.published() - counts.acknowledged(), counts.published()));
      }
    }
    return 0;
  }
}
