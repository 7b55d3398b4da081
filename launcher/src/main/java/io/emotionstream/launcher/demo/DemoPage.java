// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.dashboard.Dashboard;
import io.emotionstream.dashboard.DashboardConfig;
import io.emotionstream.dashboard.history.HistoryConfig;
import io.emotionstream.dashboard.web.WebConfig;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.net.BindException;
import java.util.Map;
import java.util.Optional;

/** The demo's dashboard, on this machine only; or none. */
final class DemoPage implements AutoCloseable {
  private static final int PORTS_TO_TRY = 20;

  private final Optional<Dashboard> dashboard;

  private DemoPage(Optional<Dashboard> dashboard) {
    this.dashboard = dashboard;
  }

  /**
   * Opens the page that was chosen.
   *
   * @throws BindException if the port that was asked for is taken, or all that may be tried are
   */
  static DemoPage open(
      Optional<PageChoice> choice, Topics topics, String bootstrapServers, String jdbcUrl)
      throws IOException {
    if (choice.isEmpty()) {
      return new DemoPage(Optional.empty());
    }
    Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
    HistoryConfig history = HistoryConfig.of(jdbcUrl, "", "");
    if (choice.get().port().isPresent()) {
      return started(choice.get(), choice.get().port().get(), history, topics, kafka);
    }
    BindException taken = new BindException("no port to try");
    for (int i = 0; i < PORTS_TO_TRY; i++) {
      try {
        return started(choice.get(), WebConfig.DEFAULT_PORT + i, history, topics, kafka);
      } catch (BindException e) {
        taken = e;
      }
    }
    throw taken;
  }

  /** Says where it is, for people. */
  @Override
  public String toString() {
    return dashboard.map(page -> page.address().toString()).orElse("none");
  }

  @Override
  public void close() {
    dashboard.ifPresent(Dashboard::close);
  }

  private static DemoPage started(
      PageChoice choice, int port, HistoryConfig history, Topics topics, Map<String, Object> kafka)
      throws IOException {
    WebConfig web =
        new WebConfig(
            choice.version(), WebConfig.THIS_MACHINE, port, Optional.empty(), Optional.empty());
    DashboardConfig config =
        new DashboardConfig(
            web, DashboardConfig.DEFAULT_LIVE_HISTORY, Optional.of(history), choice.models());
    Dashboard dashboard = new Dashboard(config, topics, kafka);
    boolean isStarted = false;
    try {
      dashboard.start();
      isStarted = true;
      return new DemoPage(Optional.of(dashboard));
    } finally {
      if (!isStarted) {
        dashboard.close();
      }
    }
  }
}
