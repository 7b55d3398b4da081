// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.operations.Operations;
import io.emotionstream.operations.OperationsServer;
import io.emotionstream.operations.Pages;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and where a stage shows its metrics and its health. */
final class MetricsOptions {
  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Show /metrics and /health/live, /health/ready over HTTP (default: not).")
  private @Nullable Integer port;

  @Option(
      names = "--metrics-host",
      paramLabel = "ADDRESS",
      description =
          "Where --metrics-port listens, 0.0.0.0 for everywhere (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  /** Starts to show {@code operations} and {@code others}; null if that was not asked for. */
  @Nullable OperationsServer show(Operations operations, Pages... others) throws IOException {
    if (port == null) {
      return null;
    }
    List<Pages> pages = Stream.concat(Stream.of(operations), Stream.of(others)).toList();
    OperationsServer server = new OperationsServer(host, port, pages);
    System.out.printf("Metrics     http://%s:%d%s%n", host, server.port(), Operations.METRICS);
    return server;
  }
}
