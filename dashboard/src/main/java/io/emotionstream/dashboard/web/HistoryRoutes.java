// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import io.emotionstream.dashboard.history.Cursor;
import io.emotionstream.dashboard.history.History;
import io.emotionstream.dashboard.history.History.Page;
import io.emotionstream.dashboard.history.Resolution;
import io.emotionstream.dashboard.history.SumQuery;
import io.emotionstream.dashboard.history.Sums;
import io.emotionstream.dashboard.history.WindowQuery;
import io.emotionstream.dashboard.json.Json;
import io.emotionstream.dashboard.window.EmotionWindow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is stored: windows, as JSON in pages or as CSV in one go, and their sums over time. */
final class HistoryRoutes {
  private static final Duration DEFAULT_RANGE = Duration.ofDays(1);
  private static final int MAX_CAMERAS = 100;
  private static final int MAX_NAMES = 500;
  private static final int MAX_PAGE = 2_000;
  private static final int MAX_ROWS = 100_000;
  private static final int MAX_BUCKETS = 1_000;
  private static final int DOWNLOADS = 2;
  private static final Map<String, Resolution> RESOLUTIONS =
      Arrays.stream(Resolution.values())
          .collect(Collectors.toUnmodifiableMap(Resolution::text, Function.identity()));

  private final Optional<History> history;
  private final InstantSource clock = InstantSource.system();

  /** A download keeps a connection to the database for as long as its reader takes. */
  private final Semaphore downloads = new Semaphore(DOWNLOADS);

  HistoryRoutes(Optional<History> history) {
    this.history = history;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            "/api/history/cameras", this::cameras, Parameter.one("query"), Parameter.one("limit")),
        Route.of(
            "/api/windows",
            this::windows,
            Parameter.many("camera", MAX_CAMERAS),
            Parameter.one("size"),
            Parameter.one("from"),
            Parameter.one("to"),
            Parameter.one("limit"),
            Parameter.one("cursor")),
        Route.of(
            "/api/windows.csv",
            this::csv,
            Parameter.many("camera", MAX_CAMERAS),
            Parameter.one("size"),
            Parameter.one("from"),
            Parameter.one("to"),
            Parameter.one("limit")),
        Route.of(
            "/api/distribution",
            this::distribution,
            Parameter.many("camera", MAX_CAMERAS),
            Parameter.one("from"),
            Parameter.one("to"),
            Parameter.one("resolution")));
  }

  private void cameras(Query query, Exchange exchange) throws Exception {
    int limit = query.whole("limit", 50, 1, MAX_NAMES);
    List<String> names = history().cameras(query.text("query").orElse(""), limit);
    exchange.json(
        Json.object(
            json -> {
              json.writeArrayFieldStart("cameras");
              for (String name : names) {
                json.writeString(name);
              }
              json.writeEndArray();
            }));
  }

  private void windows(Query query, Exchange exchange) throws Exception {
    WindowQuery wanted = windowQuery(query, query.whole("limit", 200, 1, MAX_PAGE), cursor(query));
    Page page = history().windows(wanted);
    exchange.json(
        Json.object(
            json -> {
              json.writeArrayFieldStart("windows");
              for (EmotionWindow window : page.windows()) {
                window.writeTo(json);
              }
              json.writeEndArray();
              json.writeStringField("next", page.next().map(Cursor::text).orElse(null));
            }));
  }

  private void csv(Query query, Exchange exchange) throws Exception {
    WindowQuery wanted =
        windowQuery(query, query.whole("limit", MAX_ROWS, 1, MAX_ROWS), Optional.empty());
    History stored = history();
    if (!downloads.tryAcquire()) {
      throw ApiError.of(
          ApiError.UNAVAILABLE, "%d downloads are running: try again later".formatted(DOWNLOADS));
    }
    CsvDownload download = new CsvDownload(exchange);
    try {
      stored.each(wanted, download::take);
      download.finish();
    } catch (Exception e) {
      if (!download.hasStarted()) {
        throw e;
      }
      exchange.breakOff(new IOException("the download broke off", e));
    } finally {
      downloads.release();
    }
  }

  private void distribution(Query query, Exchange exchange) throws Exception {
    Instant to = to(query);
    Instant from = from(query, to);
    Optional<Resolution> resolution = query.choice("resolution", RESOLUTIONS);
    long buckets = resolution.orElse(Resolution.DAY).buckets(from, to);
    if (buckets > MAX_BUCKETS) {
      throw ApiError.badParameter(
          resolution.isPresent() ? "resolution" : "from",
          resolution.map(Resolution::text).orElse(Json.text(from)),
          "the range has %d buckets of it, %d are the most: take a coarser one or a shorter range"
              .formatted(buckets, MAX_BUCKETS));
    }
    Sums sums = history().sums(new SumQuery(query.all("camera"), from, to, resolution));
    exchange.json(Json.object(json -> sums.writeTo(json, from, to)));
  }

  private WindowQuery windowQuery(Query query, int limit, Optional<Cursor> after) throws ApiError {
    Instant to = to(query);
    int size = query.whole("size", 0, 1, Integer.MAX_VALUE);
    OptionalLong given = size == 0 ? OptionalLong.empty() : OptionalLong.of(size);
    OptionalLong known =
        after.isPresent() ? OptionalLong.of(after.get().sizeMillis()) : OptionalLong.empty();
    return new WindowQuery(
        query.all("camera"), given.isPresent() ? given : known, from(query, to), to, limit, after);
  }

  private Optional<Cursor> cursor(Query query) throws ApiError {
    Optional<String> text = query.text("cursor");
    try {
      return text.map(Cursor::parse);
    } catch (IllegalArgumentException e) {
      throw ApiError.badParameter(
          "cursor", text.orElse(""), "pass on 'next' of the page before as it is");
    }
  }

  private Instant to(Query query) throws ApiError {
    return query.time("to").orElseGet(clock::instant);
  }

  private static Instant from(Query query, Instant to) throws ApiError {
    Instant from = query.time("from").orElse(to.minus(DEFAULT_RANGE));
    if (!from.isBefore(to)) {
      throw ApiError.badParameter(
          "from", Json.text(from), "it must lie before 'to', which is " + Json.text(to));
    }
    return from;
  }

  private History history() throws ApiError {
    return history.orElseThrow(
        () ->
            ApiError.of(
                ApiError.UNAVAILABLE,
                "there is no history: this dashboard was started without a database (--jdbc-url)"));
  }
}
