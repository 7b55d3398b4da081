// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.ingest.Ingest;
import io.emotionstream.ingest.IngestCounts;
import io.emotionstream.ingest.health.CameraPages;
import io.emotionstream.ingest.health.HealthServer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes face frames until the sources end, or it is stopped: then their windows stay open. */
@Command(name = "ingest", description = "Publish face frames from the sources to Kafka.")
final class IngestCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private SourceOptions sources = new SourceOptions();

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Show metrics and cameras over HTTP (default: not).")
  private @Nullable Integer metricsPort;

  @Option(
      names = "--metrics-host",
      paramLabel = "ADDRESS",
      description =
          "Where --metrics-port listens, 0.0.0.0 for everywhere (default: ${DEFAULT-VALUE}).")
  private String metricsHost = "127.0.0.1";

  @Override
  public Integer call() throws Exception {
    try (Ingest ingest =
            new Ingest(
                sources.toConfig(), kafka.topics(), kafka.settings(), InstantSource.system());
        HealthServer health = healthServer(ingest)) {
      StopSignal stop = StopSignal.install();
      ingest.start();
      if (health != null) {
        System.out.printf("Metrics     http://%s:%d/metrics%n", metricsHost, health.port());
      }
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

  private @Nullable HealthServer healthServer(Ingest ingest) throws IOException {
    if (metricsPort == null) {
      return null;
    }
    HealthServer server = new HealthServer(metricsHost, metricsPort);
    new CameraPages(ingest::health, ingest::waitingBytes, ingest::snapshot).addTo(server);
    return server;
  }
}
