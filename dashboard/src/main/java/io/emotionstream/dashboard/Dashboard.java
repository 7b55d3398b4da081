// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard;

import io.emotionstream.dashboard.history.History;
import io.emotionstream.dashboard.live.Live;
import io.emotionstream.dashboard.live.ModelFigures;
import io.emotionstream.dashboard.web.WebConfig;
import io.emotionstream.dashboard.web.WebServer;
import io.emotionstream.operations.Operations;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web page and its API. It only reads: several may run beside each other, and none of them is
 * in anybody's way. It starts without Kafka and without the database, and shows them when they
 * come.
 */
public final class Dashboard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);

  private final DashboardConfig config;
  private final Live live;
  private final Optional<History> history;
  private final Operations operations;
  private final WebServer server;

  /** Connects to nothing yet. {@code kafkaSettings}: of a consumer, its brokers above all. */
  public Dashboard(DashboardConfig config, Topics topics, Map<String, Object> kafkaSettings) {
    InstantSource clock = InstantSource.system();
    Map<String, ModelFigures> models =
        config.models().stream()
            .collect(Collectors.toMap(ModelFigures::id, Function.identity(), (one, other) -> one));
    this.config = config;
    this.history = config.history().map(database -> new History(database, clock));
    this.live = new Live(kafkaSettings, topics, config.liveHistory(), models, clock);
    this.operations = new Operations("dashboard", config.web().version());
    operations.live("reader", live::end);
    operations.ready("kafka", live::problem);
    operations.metrics(live::addTo);
    this.server = new WebServer(config.web(), live, history, operations);
  }

  /**
   * Listens, and begins to read.
   *
   * @throws java.net.BindException if the port is taken
   * @throws IOException if it cannot listen for another reason
   */
  public void start() throws IOException {
    server.start();
    live.start();
    LOG.info("the dashboard is at {}", address());
    WebConfig web = config.web();
    if (!web.isLocal() && web.token().isEmpty()) {
      LOG.warn("whoever reaches {} sees everything: set a token", address());
    } else if (!web.isLocal() && web.tls().isEmpty()) {
      LOG.warn("the token travels to {} unencrypted: set a certificate", address());
    }
  }

  /** Returns the address of the page, once it has started. */
  public URI address() {
    return server.address();
  }

  /** Returns why it shows nothing live any more, if so, such as settings that Kafka refuses. */
  public Optional<Throwable> failure() {
    return live.failure();
  }

  @Override
  public void close() {
    live.close();
    server.close();
    history.ifPresent(History::close);
    operations.close();
  }
}
