// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Metrics in Prometheus' text format, version 0.0.4: families in the order in which they were first
 * added. Used by one thread.
 */
public final class PrometheusText {
  private final Map<String, StringBuilder> families = new LinkedHashMap<>();

  /** Adds a sample of something that only grows; its name ends with {@code _total}. */
  public PrometheusText counter(String name, String help, double value, String... labels) {
    return add("counter", name, help, value, labels);
  }

  /** Adds a sample of something that goes up and down. */
  public PrometheusText gauge(String name, String help, double value, String... labels) {
    return add("gauge", name, help, value, labels);
  }

  private PrometheusText add(
      String type, String name, String help, double value, String... labels) {
    StringBuilder family =
        families.computeIfAbsent(
            name,
            first ->
                new StringBuilder()
                    .append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type)));
    family.append(name);
    for (int i = 0; i + 1 < labels.length; i += 2) {
      family.append(i == 0 ? '{' : ',').append(labels[i]);
      family.append("=\"").append(escaped(labels[i + 1])).append('"');
    }
    family.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
    return this;
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return String.join("", families.values());
  }
}
