// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record or the columns of a row, by name, whatever they are: a field that is added
 * later is compared, too.
 */
final class Fields {
  /** The network's answer to a face depends, in the last digits, on how many it sees at once. */
  private static final double TOLERANCE = 1e-5;

  /** When a machine did something, which is another time in each run. */
  private static final Set<String> WALL_CLOCK =
      Set.of("classifiedAt", "failedAt", "classified_at", "stored_at");

  private static final int SHOWN = 10;

  private final Map<String, @Nullable Object> values = new TreeMap<>();

  static Fields of(SpecificRecord record) {
    Fields fields = new Fields();
    for (Schema.Field field : record.getSchema().getFields()) {
      fields.put(field.name(), record.get(field.pos()));
    }
    return fields;
  }

  /** Adds a field; a map, a list and a record become one for each element. */
  void put(String name, @Nullable Object value) {
    if (WALL_CLOCK.contains(name)) {
      return;
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> put(name + "." + key, element));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        put(name + "[" + i + "]", list.get(i));
      }
    } else if (value instanceof SpecificRecord record) {
      Fields.of(record).values.forEach((field, element) -> put(name + "." + field, element));
    } else {
      values.put(name, value);
    }
  }

  /**
   * Returns what differs between two lists whose elements have names of their own, in words; at
   * most so much as a person reads.
   *
   * @param name of an element
   */
  static <T> List<String> differences(
      List<T> expected, List<T> actual, Function<T, String> name, Function<T, Fields> fields) {
    List<String> differences = new ArrayList<>();
    Map<String, Fields> left = byName(expected, name, fields, differences);
    Map<String, Fields> right = byName(actual, name, fields, differences);
    left.forEach(
        (element, values) -> {
          Fields other = right.get(element);
          if (other == null) {
            differences.add(element + " is missing");
          } else {
            values.compare(element, other, differences);
          }
        });
    right.keySet().stream()
        .filter(element -> !left.containsKey(element))
        .forEach(element -> differences.add(element + " is too much"));
    return differences.size() <= SHOWN
        ? differences
        : List.of(differences.subList(0, SHOWN) + " and " + (differences.size() - SHOWN) + " more");
  }

  private static <T> Map<String, Fields> byName(
      List<T> elements,
      Function<T, String> name,
      Function<T, Fields> fields,
      List<String> differences) {
    return elements.stream()
        .collect(
            toMap(
                name,
                fields,
                (first, second) -> {
                  differences.add("twice: " + first.values);
                  return first;
                },
                TreeMap::new));
  }

  private void compare(String element, Fields other, List<String> differences) {
    Set<String> names = new TreeSet<>(values.keySet());
    names.addAll(other.values.keySet());
    for (String name : names) {
      Object left = values.get(name);
      Object right = other.values.get(name);
      if (!isEqual(left, right)) {
        differences.add("%s: %s was %s, expected %s".formatted(element, name, right, left));
      }
    }
  }

  private static boolean isEqual(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a
        && right instanceof Number b
        && isFraction(left)
        && isFraction(right)) {
      double difference = Math.abs(a.doubleValue() - b.doubleValue());
      return left.equals(right) || difference <= TOLERANCE * Math.max(1, Math.abs(a.doubleValue()));
    }
    return Objects.equals(left, right);
  }

  private static boolean isFraction(Object value) {
    return value instanceof Double || value instanceof Float;
  }
}
