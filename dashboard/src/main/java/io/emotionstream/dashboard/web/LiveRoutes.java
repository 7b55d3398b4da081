// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import io.emotionstream.dashboard.live.CameraState;
import io.emotionstream.dashboard.live.Live;
import io.emotionstream.dashboard.live.Selection;
import io.emotionstream.dashboard.live.Selection.Sort;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is going on now. */
final class LiveRoutes {
  private static final int MAX_CAMERAS = 500;
  private static final int MAX_WATCHED = 100;
  private static final int MAX_OFFSET = 1_000_000;
  private static final Map<String, CameraState> STATES = byText(CameraState.values());
  private static final Map<String, Sort> SORTS = byText(Sort.values());

  private final Live live;

  LiveRoutes(Live live) {
    this.live = live;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            "/api/cameras",
            (query, exchange) -> exchange.json(live.cameras(page(query, 50, MAX_CAMERAS))),
            Parameter.one("state"),
            Parameter.one("query"),
            Parameter.one("sort"),
            Parameter.one("offset"),
            Parameter.one("limit")),
        Route.of(
            "/api/live",
            this::watch,
            Parameter.many("camera", MAX_WATCHED),
            Parameter.one("state"),
            Parameter.one("query"),
            Parameter.one("sort"),
            Parameter.one("offset"),
            Parameter.one("limit")));
  }

  private void watch(Query query, Exchange exchange) throws ApiError {
    List<String> names = query.all("camera");
    Selection selection =
        names.isEmpty()
            ? page(query, 24, MAX_WATCHED)
            : Selection.named(names.stream().distinct().toList());
    if (exchange.request().getMethod().equals("HEAD")) {
      exchange.answer(200, EventStream.TYPE, new byte[0]);
      return;
    }
    OptionalLong lastVersion = lastVersion(exchange);
    if (!live.watch(selection, lastVersion, new EventStream(exchange))) {
      throw ApiError.of(
          ApiError.UNAVAILABLE, "as many watch already as this server allows: try again later");
    }
  }

  private static Selection page(Query query, int limit, int maxLimit) throws ApiError {
    return new Selection(
        List.of(),
        query.choice("state", STATES),
        query.text("query").orElse(""),
        query.choice("sort", SORTS).orElse(Sort.NAME),
        query.whole("offset", 0, 0, MAX_OFFSET),
        query.whole("limit", limit, 1, maxLimit));
  }

  /** Anything but a version of ours begins anew, which is what a browser would want. */
  private static OptionalLong lastVersion(Exchange exchange) {
    return Optional.ofNullable(exchange.request().getHeaders().get("Last-Event-ID"))
        .filter(text -> text.matches("\\d{1,15}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  private static <E extends Enum<E>> Map<String, E> byText(E[] values) {
    return Arrays.stream(values)
        .collect(
            Collectors.toUnmodifiableMap(
                value -> value.name().toLowerCase(Locale.ROOT), Function.identity()));
  }
}
