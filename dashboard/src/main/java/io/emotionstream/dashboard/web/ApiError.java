// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import static java.util.Objects.requireNonNullElse;

import io.emotionstream.dashboard.json.Json;
import org.jspecify.annotations.Nullable;

/** A request that is not answered, with the reason in words for whoever asked. */
final class ApiError extends Exception {
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int NOT_FOUND = 404;
  static final int NOT_ALLOWED = 405;
  static final int MISDIRECTED = 421;
  static final int INTERNAL = 500;
  static final int UNAVAILABLE = 503;

  private static final int SHOWN = 200;

  private final int status;
  private final @Nullable String parameter;
  private final @Nullable String value;

  private ApiError(int status, @Nullable String parameter, @Nullable String value, String message) {
    super(message);
    this.status = status;
    this.parameter = parameter;
    this.value = value;
  }

  static ApiError of(int status, String message) {
    return new ApiError(status, null, null, message);
  }

  static ApiError badParameter(String name, String value, String message) {
    String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
    return new ApiError(
        BAD_REQUEST, name, shown, "parameter '%s' is '%s': %s".formatted(name, shown, message));
  }

  int status() {
    return status;
  }

  byte[] json() {
    return Json.object(
        json -> {
          json.writeObjectFieldStart("error");
          json.writeNumberField("status", status);
          json.writeStringField("parameter", parameter);
          json.writeStringField("value", value);
          json.writeStringField("message", requireNonNullElse(getMessage(), "no reason is known"));
          json.writeEndObject();
        });
  }
}
