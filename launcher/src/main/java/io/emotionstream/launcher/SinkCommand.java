// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.operations.Operations;
import io.emotionstream.operations.OperationsServer;
import io.emotionstream.sink.AnalyticsSink;
import io.emotionstream.sink.SinkConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes events and distributions into PostgreSQL until it is stopped. */
@Command(name = "sink", description = "Store events and distributions in PostgreSQL.")
final class SinkCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private DatabaseOptions database = new DatabaseOptions();
  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Option(
      names = "--event-retention",
      paramLabel = "DURATION",
      description = "How long single events are kept (default: ${DEFAULT-VALUE}).",
      defaultValue = "30d")
  private Duration eventRetention;

  @Option(
      names = "--sink-batch",
      paramLabel = "ROWS",
      description = "Most records that are written together (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + SinkConfig.DEFAULT_MAX_BATCH)
  private int batch;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SinkCommand() {}

  @Override
  public Integer call() throws Exception {
    SinkConfig config = new SinkConfig(database.login(), eventRetention, batch);
    StopSignal stop = StopSignal.install();
    try (Operations operations = new Operations("sink", EmotionCommand.version());
        AnalyticsSink sink = new AnalyticsSink(config, kafka.topics(), kafka.settings());
        OperationsServer server = metrics.show(operations)) {
      sink.addTo(operations);
      sink.start();
      Service.await(stop, sink::failure, () -> false);
    }
    return 0;
  }
}
