// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/** The document that describes the API, and whether an answer is as it says. */
public final class OpenApi {
  private final JsonNode root;

  private OpenApi(JsonNode root) {
    this.root = root;
  }

  /** Reads the document that the server gives out. */
  public static OpenApi load() {
    try (InputStream in = Dashboard.class.getResourceAsStream("web/openapi.yaml")) {
      Object tree = new Yaml().load(requireNonNull(in, "openapi.yaml is a resource"));
      return new OpenApi(new ObjectMapper().valueToTree(tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the names of every path's parameters. */
  public Map<String, Set<String>> parameters() {
    Map<String, Set<String>> parameters = new TreeMap<>();
    root.get("paths")
        .fields()
        .forEachRemaining(
            path -> {
              Set<String> names = new TreeSet<>();
              path.getValue()
                  .at("/get/parameters")
                  .forEach(one -> names.add(resolved(one).get("name").asText()));
              parameters.put(path.getKey(), names);
            });
    return parameters;
  }

  /**
   * Returns what of a JSON answer of {@code path} is not as the document says; nothing if all is.
   */
  public List<String> differences(String path, JsonNode answer) {
    JsonNode operation = root.get("paths").get(path).get("get");
    return differences(
        operation.at("/responses/200/content").elements().next().get("schema"), answer, path);
  }

  private List<String> differences(JsonNode reference, JsonNode value, String where) {
    JsonNode schema = resolved(reference);
    List<String> found = new ArrayList<>();
    if (schema.has("allOf")) {
      schema.get("allOf").forEach(part -> found.addAll(properties(part, value, where)));
      if (value.isObject()) {
        found.addAll(unknown(schema, value, where));
      }
      return found;
    }
    if (value.isNull()) {
      return schema.path("nullable").asBoolean() ? found : List.of(where + " is null");
    }
    found.addAll(properties(schema, value, where));
    if (value.isObject() && schema.has("properties")) {
      found.addAll(unknown(schema, value, where));
    }
    return found;
  }

  private List<String> properties(JsonNode reference, JsonNode value, String where) {
    JsonNode schema = resolved(reference);
    List<String> found = new ArrayList<>();
    if (value.isNull()) {
      return schema.path("nullable").asBoolean() ? found : List.of(where + " is null");
    }
    if (!isOfType(schema.path("type").asText(), value)) {
      found.add("%s is %s, not %s".formatted(where, value, schema.path("type").asText()));
    }
    if (schema.has("enum") && !values(schema.get("enum")).contains(value.asText())) {
      found.add("%s is %s, not one of %s".formatted(where, value, schema.get("enum")));
    }
    if (schema.has("minItems") && value.size() < schema.get("minItems").asInt()) {
      found.add(where + " has " + value.size() + " items");
    }
    schema
        .path("required")
        .forEach(
            name -> {
              if (!value.has(name.asText())) {
                found.add(where + " lacks " + name.asText());
              }
            });
    schema
        .path("properties")
        .fields()
        .forEachRemaining(
            property -> {
              if (value.has(property.getKey())) {
                JsonNode inner = value.get(property.getKey());
                found.addAll(
                    differences(property.getValue(), inner, where + "." + property.getKey()));
              }
            });
    if (schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        found.addAll(differences(schema.get("items"), value.get(i), where + "[" + i + "]"));
      }
    }
    return found;
  }

  private List<String> unknown(JsonNode schema, JsonNode value, String where) {
    Set<String> known = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(known::add);
    schema
        .path("allOf")
        .forEach(
            part -> resolved(part).path("properties").fieldNames().forEachRemaining(known::add));
    List<String> found = new ArrayList<>();
    for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        found.add(where + "." + name + " is not in the document");
      }
    }
    return found;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "array" -> value.isArray();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "object" -> value.isObject();
      case "string" -> value.isTextual();
      default -> true;
    };
  }

  private static Set<String> values(JsonNode list) {
    Set<String> values = new TreeSet<>();
    list.forEach(value -> values.add(value.asText()));
    return values;
  }
}
