// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters of a request, checked: what is unknown, given too often or too long is refused.
 */
final class Query {
  private static final int MAX_LENGTH = 1_024;
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Checks what was given; an empty value is as good as none.
   *
   * @throws ApiError if a parameter is not among {@code allowed}, or has too many or too long
   *     values
   */
  static Query of(Map<String, List<String>> given, List<Parameter> allowed) throws ApiError {
    Map<String, List<String>> values = new HashMap<>();
    for (Map.Entry<String, List<String>> entry : given.entrySet()) {
      String name = entry.getKey();
      Optional<Parameter> parameter =
          allowed.stream().filter(one -> one.name().equals(name)).findFirst();
      List<String> texts = entry.getValue().stream().filter(text -> !text.isBlank()).toList();
      check(name, texts, parameter, allowed);
      values.put(name, texts);
    }
    return new Query(values);
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  Optional<String> text(String name) {
    return all(name).stream().findFirst();
  }

  int whole(String name, int fallback, int min, int max) throws ApiError {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw ApiError.badParameter(
        name, text.get(), "write a whole number from %d to %d".formatted(min, max));
  }

  Optional<Instant> time(String name) throws ApiError {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant time = OffsetDateTime.parse(text.get().replace(' ', '+')).toInstant();
      if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
        return Optional.of(time);
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw ApiError.badParameter(
        name,
        text.get(),
        "write a time from 1970 to 2099 with its offset, such as 2026-11-25T09:30:00Z");
  }

  /** Returns the choice that is written so, if one is. */
  <T> Optional<T> choice(String name, Map<String, T> choices) throws ApiError {
    Optional<String> text = text(name);
    if (text.isPresent() && !choices.containsKey(text.get())) {
      throw ApiError.badParameter(
          name,
          text.get(),
          "write one of " + choices.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }
    return text.map(choices::get);
  }

  private static void check(
      String name, List<String> texts, Optional<Parameter> parameter, List<Parameter> allowed)
      throws ApiError {
    String first = texts.isEmpty() ? "" : texts.get(0);
    if (parameter.isEmpty()) {
      List<String> known = new ArrayList<>(allowed.stream().map(Parameter::name).toList());
      throw ApiError.badParameter(
          name,
          first,
          known.isEmpty()
              ? "it is unknown: none are known here"
              : "it is unknown: known here are " + String.join(", ", known));
    }
    int max = parameter.get().maxValues();
    if (texts.size() > max) {
      throw ApiError.badParameter(
          name, first, "it is given %d times: %d is the most".formatted(texts.size(), max));
    }
    for (String text : texts) {
      if (text.length() > MAX_LENGTH) {
        throw ApiError.badParameter(
            name, text, "it is too long: %d characters are the most".formatted(MAX_LENGTH));
      }
    }
  }
}
