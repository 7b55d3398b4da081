// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes JSON in UTF-8: times as ISO-8601 with milliseconds, what is absent as null. */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Fills one JSON value. */
  public interface Body {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private Json() {}

  /** Returns the bytes of what {@code body} writes. */
  public static byte[] bytes(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      body.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  /** Returns the bytes of an object with the fields that {@code fields} writes. */
  public static byte[] object(Body fields) {
    return bytes(
        json -> {
          json.writeStartObject();
          fields.writeTo(json);
          json.writeEndObject();
        });
  }

  /** Returns {@code time} as it is written. */
  public static String text(Instant time) {
    return TIME.format(time);
  }

  /** Writes a field that holds a time or null. */
  public static void time(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    json.writeStringField(name, time == null ? null : text(time));
  }

  /** Writes a field that holds a number with at most four decimals; NaN and null become null. */
  public static void decimal(JsonGenerator json, String name, @Nullable Double value)
      throws IOException {
    json.writeFieldName(name);
    decimal(json, value);
  }

  /** Writes a field that holds a whole number or null. */
  public static void whole(JsonGenerator json, String name, @Nullable Long value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  /** Writes a field that holds whole numbers. */
  public static void wholes(JsonGenerator json, String name, long[] values) throws IOException {
    json.writeFieldName(name);
    json.writeArray(values, 0, values.length);
  }

  /** Writes a field that holds numbers with at most four decimals, or null. */
  public static void decimals(JsonGenerator json, String name, @Nullable List<Double> values)
      throws IOException {
    if (values == null) {
      json.writeNullField(name);
      return;
    }
    json.writeArrayFieldStart(name);
    for (Double value : values) {
      decimal(json, value);
    }
    json.writeEndArray();
  }

  private static void decimal(JsonGenerator json, @Nullable Double value) throws IOException {
    if (value == null || value.isNaN() || value.isInfinite()) {
      json.writeNull();
    } else {
      json.writeNumber(Math.round(value * 1e4) / 1e4);
    }
  }
}
