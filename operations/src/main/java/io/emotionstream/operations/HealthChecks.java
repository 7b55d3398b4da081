// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Named checks, in the order in which they were added. Safe for use by several threads. */
final class HealthChecks {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, HealthCheck> checks = new LinkedHashMap<>();

  synchronized void add(String name, HealthCheck check) {
    checks.put(name, check);
  }

  /** Asks all; each name with its problem, or nothing. */
  Map<String, Optional<String>> answers() {
    Map<String, Optional<String>> answers = new LinkedHashMap<>();
    snapshot().forEach((name, check) -> answers.put(name, check.problem()));
    return answers;
  }

  private synchronized Map<String, HealthCheck> snapshot() {
    return new LinkedHashMap<>(checks);
  }

  /** Returns the answers as JSON; 200 if nothing has a problem, else 503. */
  Page page() {
    Map<String, Optional<String>> answers = answers();
    boolean up = answers.values().stream().allMatch(Optional::isEmpty);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("status", word(up));
      json.writeObjectFieldStart("checks");
      for (Map.Entry<String, Optional<String>> answer : answers.entrySet()) {
        json.writeObjectFieldStart(answer.getKey());
        json.writeStringField("status", word(answer.getValue().isEmpty()));
        if (answer.getValue().isPresent()) {
          json.writeStringField("reason", answer.getValue().get());
        }
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Page.json(up, out.toByteArray());
  }

  private static String word(boolean up) {
    return up ? "up" : "down";
  }
}
