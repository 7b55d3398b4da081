// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard;

import io.emotionstream.dashboard.history.HistoryConfig;
import io.emotionstream.dashboard.live.ModelFigures;
import io.emotionstream.dashboard.web.WebConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a dashboard shows, and where.
 *
 * @param web address, token, certificate
 * @param liveHistory how far before the start the reading of the topics begins, so that a page that
 *     was started again is not empty; from zero to 7 days
 * @param history database to read what is stored from; empty for none
 * @param models what is known of models that may be in use
 */
public record DashboardConfig(
    WebConfig web,
    Duration liveHistory,
    Optional<HistoryConfig> history,
    List<ModelFigures> models) {
  public static final Duration DEFAULT_LIVE_HISTORY = Duration.ofMinutes(10);

  private static final Duration LONGEST = Duration.ofDays(7);

  public DashboardConfig {
    if (liveHistory.isNegative() || liveHistory.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "live history must be between 0 and 7 days, was " + liveHistory);
    }
    models = List.copyOf(models);
  }
}
