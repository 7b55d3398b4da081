// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows the scheme of a source URI.
 *
 * @param uri the whole URI, for messages
 * @param target the part before the options; may be empty
 * @param values options by name
 */
record SourceOptions(String uri, String target, Map<String, String> values) {
  private static final Pattern WITH_OPTIONS =
      Pattern.compile("(.*)\\?([A-Za-z]+=[^?&/\\\\]*(?:&[A-Za-z]+=[^?&/\\\\]*)*)", Pattern.DOTALL);

  static SourceOptions parse(String uri, String rest, String... known) {
    Matcher matcher = WITH_OPTIONS.matcher(rest);
    if (!matcher.matches()) {
      return new SourceOptions(uri, rest.endsWith("?") ? chop(rest) : rest, Map.of());
    }
    Map<String, String> values = new HashMap<>();
    for (String option : matcher.group(2).split("&", -1)) {
      int equals = option.indexOf('=');
      String name = option.substring(0, equals);
      if (!List.of(known).contains(name)) {
        throw new IllegalArgumentException(
            "source '%s' has an unknown option '%s', known are %s"
                .formatted(
                    Secrets.mask(uri),
                    name,
                    known.length == 0 ? "none" : String.join(", ", known)));
      }
      if (values.put(name, option.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "source '%s' has option '%s' twice, write it once".formatted(Secrets.mask(uri), name));
      }
    }
    return new SourceOptions(uri, matcher.group(1), values);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  OptionalLong number(String name) {
    Optional<String> value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(value.get()));
    } catch (NumberFormatException e) {
      throw invalid(name, value.get(), "a whole number");
    }
  }

  boolean flag(String name) {
    Optional<String> value = value(name);
    if (value.isPresent() && !value.get().equals("true") && !value.get().equals("false")) {
      throw invalid(name, value.get(), "true or false");
    }
    return value.isPresent() && value.get().equals("true");
  }

  Path path(String what) {
    if (target.isBlank()) {
      throw new IllegalArgumentException(
          "source '%s' names no %s, known are %s"
              .formatted(Secrets.mask(uri), what, SourceSpec.KNOWN));
    }
    try {
      return target.startsWith("~/")
          ? Path.of(System.getProperty("user.home"), target.substring(2))
          : Path.of(target);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "source '%s' is no valid path: %s".formatted(Secrets.mask(uri), e.getMessage()), e);
    }
  }

  IllegalArgumentException invalid(String name, String value, String expected) {
    return new IllegalArgumentException(
        "source '%s': %s must be %s, was '%s'".formatted(Secrets.mask(uri), name, expected, value));
  }

  private static String chop(String text) {
    return text.substring(0, text.length() - 1);
  }
}
