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
  private static final String DEFAULT_URL = "jdbc:postgresql://localhost:5432/emotion";

  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      description = "PostgreSQL 14 or newer (default: " + DEFAULT_URL + ").",
      // Not ${DEFAULT-VALUE}: it would show a URL from file or environment, with its password.
      defaultValue = DEFAULT_URL)
  private String jdbcUrl;

  @Option(
      names = "--jdbc-user",
      paramLabel = "NAME",
      description = "Database user, if the URL does not name one.",
      defaultValue = "")
  private String jdbcUser;

  @Option(
      names = "--jdbc-password",
      paramLabel = "SECRET",
      description = "Database password; better given as EMOTION_JDBC_PASSWORD.",
      defaultValue = "")
  private String jdbcPassword;

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
    SinkConfig config = new SinkConfig(jdbcUrl, jdbcUser, jdbcPassword, eventRetention, batch);
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
