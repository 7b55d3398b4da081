// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.emotionstream.dashboard.history.DatabaseStatus;
import io.emotionstream.dashboard.history.History;
import io.emotionstream.dashboard.history.HistoryException;
import io.emotionstream.dashboard.history.RefusedException;
import io.emotionstream.dashboard.json.Json;
import io.emotionstream.dashboard.live.KafkaStatus;
import io.emotionstream.dashboard.live.Live;
import io.emotionstream.operations.Operations;
import io.emotionstream.operations.Page;
import io.emotionstream.operations.Pages;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionColors;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes that tell of the server itself: what it is, how it does, how to ask it. */
final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final String NOTICE =
      "Apparent facial expression as a model sees it in a picture, not what anybody feels.";

  private final String version;
  private final Live live;
  private final Optional<History> history;
  private final Pages operations;

  Api(String version, Live live, Optional<History> history, Pages operations) {
    this.version = version;
    this.live = live;
    this.history = history;
    this.operations = operations;
  }

  /** Returns every route. */
  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.of("/api/meta", (query, exchange) -> exchange.json(meta())));
    routes.addAll(new LiveRoutes(live).routes());
    routes.addAll(new HistoryRoutes(history).routes());
    routes.add(Route.of("/api/health", (query, exchange) -> exchange.json(health())));
    routes.add(Route.of("/api/openapi.yaml", (query, exchange) -> openApi(exchange)));
    routes.add(Route.of(Operations.METRICS, (query, exchange) -> page(exchange)));
    routes.add(Route.open(Operations.LIVE, (query, exchange) -> page(exchange)));
    routes.add(Route.open(Operations.READY, (query, exchange) -> page(exchange)));
    return routes;
  }

  private byte[] meta() {
    return Json.object(
        json -> {
          json.writeStringField("version", version);
          json.writeArrayFieldStart("labels");
          for (Emotion emotion : Emotion.values()) {
            json.writeStartObject();
            json.writeNumberField("label", emotion.ordinal());
            json.writeStringField("name", emotion.name().toLowerCase(Locale.ROOT));
            json.writeStringField("color", EmotionColors.hexOf(emotion));
            json.writeStringField("darkColor", EmotionColors.darkHexOf(emotion));
            json.writeEndObject();
          }
          json.writeEndArray();
          Json.wholes(
              json, "windowSizesMs", windowSizes().stream().mapToLong(Long::longValue).toArray());
          json.writeBooleanField("history", history.isPresent());
          raw(json, "model", live.model());
          json.writeStringField("notice", NOTICE);
        });
  }

  private TreeSet<Long> windowSizes() {
    TreeSet<Long> sizes = new TreeSet<>(live.windowSizes());
    try {
      // Asked first, for it is known already that a database is away: nobody waits for it here.
      if (history.isPresent() && history.get().status().isReadable()) {
        sizes.addAll(history.get().windowSizes());
      }
    } catch (HistoryException | RefusedException e) {
      LOG.debug("the sizes of stored windows are not known", e);
    }
    return sizes;
  }

  private byte[] health() {
    KafkaStatus kafka = live.status();
    Optional<DatabaseStatus> database = history.map(History::status);
    List<String> reasons = new ArrayList<>();
    if (!kafka.isConnected()) {
      reasons.add("Kafka: " + kafka.message());
    }
    database
        .filter(status -> !status.isReadable())
        .ifPresent(status -> reasons.add("PostgreSQL: " + status.message()));
    if (live.isFull()) {
      reasons.add("there are more cameras than this page holds: the others count in totals only");
    }
    return Json.object(
        json -> {
          json.writeStringField("status", reasons.isEmpty() ? "ok" : "degraded");
          json.writeArrayFieldStart("reasons");
          for (String reason : reasons) {
            json.writeString(reason);
          }
          json.writeEndArray();
          json.writeObjectFieldStart("kafka");
          json.writeBooleanField("connected", kafka.isConnected());
          json.writeBooleanField("caughtUp", kafka.hasCaughtUp());
          json.writeNumberField("lagRecords", kafka.lagRecords());
          json.writeEndObject();
          json.writeObjectFieldStart("database");
          json.writeBooleanField("configured", database.isPresent());
          json.writeBooleanField(
              "readable", database.map(DatabaseStatus::isReadable).orElse(false));
          json.writeEndObject();
          json.writeObjectFieldStart("streams");
          json.writeNumberField("open", live.watching());
          json.writeNumberField("dropped", live.dropped());
          json.writeEndObject();
        });
  }

  /** Answers what every process of this product answers. */
  private void page(Exchange exchange) throws ApiError {
    Page page =
        operations
            .page(Request.getPathInContext(exchange.request()))
            .orElseThrow(() -> ApiError.of(ApiError.NOT_FOUND, "there is no such page"));
    exchange.answer(page.status(), page.contentType(), page.body());
  }

  private static void openApi(Exchange exchange) throws IOException {
    try (InputStream in = Api.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is not on the class path: rebuild");
      }
      exchange.answer(200, "application/yaml; charset=utf-8", in.readAllBytes());
    }
  }

  private static void raw(JsonGenerator json, String name, byte[] value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(new String(value, UTF_8));
  }
}
