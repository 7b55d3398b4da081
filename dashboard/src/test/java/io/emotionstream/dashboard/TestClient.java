// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;

/** Asks a dashboard as a browser would. */
public record TestClient(HttpClient http, URI address) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A client of the server at {@code address}. */
  public static TestClient of(URI address) {
    return new TestClient(HttpClient.newHttpClient(), address);
  }

  /** Returns the answer to GET; {@code headers} are names and values in turn. */
  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  /** Returns the answer to a request without body. */
  public HttpResponse<String> send(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(LIMIT)
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the body of an answer that has to be 200. */
  public JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " answered " + response.statusCode() + response.body());
    }
    return parse(response.body());
  }

  /** Returns the error of an answer that has to be one. */
  public JsonNode error(String path, int status) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != status) {
      throw new AssertionError(path + " answered " + response.statusCode() + response.body());
    }
    return parse(response.body()).get("error");
  }

  /** Begins a stream of events. */
  public LiveEvents events(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<Stream<String>> response = http.send(request.build(), BodyHandlers.ofLines());
      if (response.statusCode() != 200) {
        throw new AssertionError(path + " answered " + response.statusCode());
      }
      return new LiveEvents(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }
}
