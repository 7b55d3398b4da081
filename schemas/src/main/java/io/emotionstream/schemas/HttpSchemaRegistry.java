// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.NullMarked;

/**
 * A registry that speaks Confluent's HTTP API, as Apicurio ({@code /apis/ccompat/v7}), Confluent,
 * Karapace and Redpanda do. A schema is registered under its record's full name as the subject
 * (Confluent's {@code RecordNameStrategy}), for {@code face-frames} carries two records. Each
 * number is asked for once. Safe for use by several threads.
 */
@NullMarked
final class HttpSchemaRegistry implements SchemaRegistry {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String url;
  private final String userInfo;

  /**
   * @param url such as {@code http://registry:8080/apis/ccompat/v7}
   * @param userInfo {@code user:password}, or empty
   */
  HttpSchemaRegistry(String url, String userInfo) {
    URI parsed = URI.create(url);
    if (parsed.getHost() == null || !String.valueOf(parsed.getScheme()).matches("https?")) {
      throw new IllegalArgumentException(
          "the schema registry's URL must look like http://host:8080/apis/ccompat/v7");
    }
    if (parsed.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the schema registry's user belongs into " + RecordFormat.USER_INFO + ", not its URL");
    }
    this.url = url.replaceFirst("/+$", "");
    this.userInfo = userInfo;
  }

  /**
   * Makes sure that there is a registry: else every record would look as if it named an unknown
   * schema.
   *
   * @throws IllegalArgumentException if it is something else
   */
  void requirePresent() {
    try {
      ask("/subjects", HttpRequest.Builder::GET);
    } catch (SerializationException e) {
      throw new IllegalArgumentException(
          "there is no schema registry at %s; Apicurio's URL ends with /apis/ccompat/v7"
              .formatted(url),
          e);
    }
  }

  @Override
  public int idOf(Schema schema) {
    Integer known = ids.get(schema);
    if (known != null) {
      return known;
    }
    String subject = URLEncoder.encode(schema.getFullName(), StandardCharsets.UTF_8);
    String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    JsonNode answer =
        ask(
            "/subjects/" + subject + "/versions",
            request -> request.POST(BodyPublishers.ofString(body)));
    int id = answer.path("id").asInt(-1);
    if (id < 0) {
      throw new RegistryException("%s gave %s no id".formatted(url, schema.getFullName()), null);
    }
    ids.put(schema, id);
    return id;
  }

  @Override
  public Schema schemaOf(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    JsonNode answer = ask("/schemas/ids/" + id, HttpRequest.Builder::GET);
    try {
      Schema schema = new Schema.Parser().parse(answer.path("schema").asText());
      schemas.put(id, schema);
      return schema;
    } catch (SchemaParseException e) {
      throw new SerializationException("schema %d of %s is not Avro".formatted(id, url), e);
    }
  }

  private interface Method {
    HttpRequest.Builder of(HttpRequest.Builder request);
  }

  private JsonNode ask(String path, Method method) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .header("Accept", MEDIA_TYPE + ", application/json")
            .header("Content-Type", MEDIA_TYPE);
    if (!userInfo.isEmpty()) {
      String encoded =
          Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
      request.header("Authorization", "Basic " + encoded);
    }
    try {
      HttpResponse<String> response =
          client.send(method.of(request).build(), BodyHandlers.ofString());
      if (response.statusCode() == NOT_FOUND) {
        throw new SerializationException("%s has nothing at %s".formatted(url, path));
      }
      if (response.statusCode() / 100 != 2) {
        throw new RegistryException(
            "the schema registry %s answered %d to %s".formatted(url, response.statusCode(), path),
            null);
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new RegistryException(
          "the schema registry %s does not answer: %s".formatted(url, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }
}
