// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.dashboard.Dashboard;
import io.emotionstream.dashboard.DashboardConfig;
import io.emotionstream.dashboard.history.HistoryConfig;
import io.emotionstream.dashboard.web.TlsConfig;
import io.emotionstream.dashboard.web.WebConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the page and answers its API until it is stopped. */
@Command(
    name = "dashboard",
    description = {
      "Show cameras live and their history on a web page, with an HTTP API under it.",
      "It only reads, and may be started as often as you like."
    })
final class DashboardCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private DatabaseOptions database = new DatabaseOptions();
  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen at (default: ${DEFAULT-VALUE}, this machine only); 0.0.0.0 for all.",
      defaultValue = WebConfig.THIS_MACHINE)
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen at (default: ${DEFAULT-VALUE}); 0 for any that is free.",
      defaultValue = "" + WebConfig.DEFAULT_PORT)
  private int port;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Ask for the token in this file: 'Authorization: Bearer ...'.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE.pem",
      description = "Serve HTTPS with this certificate, followed by those that sign it.")
  private @Nullable Path tlsCertificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE.pem",
      description = "Private key of --tls-certificate: PKCS #8, not encrypted.")
  private @Nullable Path tlsKey;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE.p12",
      description = "Serve HTTPS with certificate and key of this PKCS #12 file.")
  private @Nullable Path tlsKeystore;

  @Option(
      names = "--tls-keystore-password-file",
      paramLabel = "FILE",
      description = "Where the password of --tls-keystore stands.")
  private @Nullable Path tlsKeystorePasswordFile;

  @Option(
      names = "--live-history",
      paramLabel = "DURATION",
      description =
          "How far back the topics are read at the start, so that the page is not empty (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "10m")
  private Duration liveHistory;

  @Option(names = "--no-history", description = "Show live figures only, without the database.")
  private boolean noHistory;

  @Option(
      names = "--history-timeout",
      paramLabel = "DURATION",
      description = "How long the database may work on one request (default: ${DEFAULT-VALUE}).",
      defaultValue = "10s")
  private Duration historyTimeout;

  @Option(
      names = "--evaluation",
      paramLabel = "FILE.json",
      description =
          "metrics.json of 'evaluate --out', so that the page can tell how good the model is;"
              + " what --model and the product bring is known already.",
      arity = "1..*")
  private List<Path> evaluations = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DashboardCommand() {}

  @Override
  public Integer call() throws Exception {
    WebConfig web = new WebConfig(EmotionCommand.version(), host, port, token(), tls());
    DashboardConfig config =
        new DashboardConfig(
            web, liveHistory, history(), MeasuredModels.of(model.load(), evaluations));
    try (Dashboard dashboard = new Dashboard(config, kafka.topics(), kafka.settings())) {
      StopSignal stop = StopSignal.install();
      dashboard.start();
      System.out.printf(
          "Dashboard   %s%s%n",
          dashboard.address(), web.isLocal() ? "   (this machine only: --host for others)" : "");
      Service.await(stop, dashboard::failure, () -> false);
    }
    return 0;
  }

  private Optional<HistoryConfig> history() throws IOException {
    return noHistory
        ? Optional.empty()
        : Optional.of(
            new HistoryConfig(database.login(), HistoryConfig.DEFAULT_CONNECTIONS, historyTimeout));
  }

  private Optional<String> token() throws IOException {
    return tokenFile == null ? Optional.empty() : Optional.of(secret("--token-file", tokenFile));
  }

  private Optional<TlsConfig> tls() throws IOException {
    if (tlsKeystore != null) {
      String password =
          tlsKeystorePasswordFile == null
              ? ""
              : secret("--tls-keystore-password-file", tlsKeystorePasswordFile);
      return Optional.of(new TlsConfig.Pkcs12(tlsKeystore, password));
    }
    if (tlsCertificate == null && tlsKey == null) {
      return Optional.empty();
    }
    if (tlsCertificate == null || tlsKey == null) {
      throw new IllegalArgumentException(
          "--tls-certificate and --tls-key go together: give both or neither");
    }
    return Optional.of(new TlsConfig.Pem(tlsCertificate, tlsKey));
  }

  private static String secret(String option, Path file) throws IOException {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("%s: there is no file %s".formatted(option, file), e);
    }
  }
}
