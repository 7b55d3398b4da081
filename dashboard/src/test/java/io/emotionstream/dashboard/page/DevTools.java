// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a browser that speaks the DevTools protocol: the JDK's WebSocket and JSON, in
 * place of a driver of 200 MB. Safe for use by several threads.
 */
final class DevTools implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final WebSocket socket;

  DevTools(URI address, Consumer<JsonNode> onEvent) {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .connectTimeout(LIMIT)
            .buildAsync(address, new Messages(onEvent))
            .join();
  }

  static ObjectNode parameters() {
    return JSON.createObjectNode();
  }

  /** Calls a method of the browser, or of a page of it, and returns its result. */
  JsonNode call(@Nullable String session, String method, ObjectNode parameters) {
    int id = ids.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.put(id, answer);
    try {
      synchronized (socket) { // it takes one message at a time
        socket.sendText(JSON.writeValueAsString(message), true).get(10, TimeUnit.SECONDS);
      }
      return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (JsonProcessingException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + " failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method + " was interrupted", e);
    } finally {
      calls.remove(id);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Messages implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final Consumer<JsonNode> onEvent;

    Messages(Consumer<JsonNode> onEvent) {
      this.onEvent = onEvent;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(String message) {
      JsonNode json;
      try {
        json = JSON.readTree(message);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the browser sent no JSON: " + message, e);
      }
      if (!json.has("id")) {
        onEvent.accept(json);
        return;
      }
      CompletableFuture<JsonNode> answer = calls.get(json.path("id").asInt());
      if (answer == null) {
        return; // nobody waits any more
      }
      if (json.has("error")) {
        answer.completeExceptionally(new IllegalStateException(json.path("error").toString()));
      } else {
        answer.complete(json.path("result"));
      }
    }
  }
}
