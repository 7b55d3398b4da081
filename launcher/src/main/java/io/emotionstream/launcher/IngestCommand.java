// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.ingest.Ingest;
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
      System.out.println(ingest.counts());
    }
    return 0;
  }
}
