// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.emotionstream.dashboard.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two hundred browsers and a thousand cameras on a server with little heap. It is not about speed:
 * a server that kept what somebody does not read would run out of memory and end.
 */
@Tag("load")
class LoadIT {
  private static final String HEAP = "128m";
  private static final int WATCHERS = 190;
  private static final int STALLED = 10;
  private static final int UPDATES = 8;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void servesThoseWhoReadAndDropsThoseWhoDoNotInABoundedHeap() throws Exception {
    Process server =
        new ProcessBuilder(LoadedServer.command(HEAP))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Socket> stalled = new ArrayList<>();
    List<Watcher> watchers = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
      URI address = URI.create(output.readLine());
      for (int i = 0; i < STALLED; i++) {
        stalled.add(stalled(address));
      }
      HttpClient http = HttpClient.newHttpClient();
      for (int i = 0; i < WATCHERS; i++) {
        watchers.add(watch(http, address, i));
      }
      TestClient client = TestClient.of(address);
      await().atMost(LIMIT).until(() -> streams(client).get("open").asInt() >= WATCHERS);
      await()
          .atMost(LIMIT)
          .until(() -> watchers.stream().allMatch(watcher -> watcher.updates.get() >= UPDATES));
      await().atMost(LIMIT).until(() -> streams(client).get("dropped").asInt() == STALLED);

      assertThat(server.isAlive()).isTrue();
      assertThat(streams(client).get("open").asInt()).isEqualTo(WATCHERS);
      assertThat(watchers).allMatch(watcher -> !watcher.ended.isDone());
      assertThat(client.json("/api/cameras?limit=1").get("total").asInt())
          .isEqualTo(LoadedServer.CAMERAS);
    } finally {
      server.destroy();
      for (Socket socket : stalled) {
        socket.close();
      }
      server.waitFor();
    }
  }

  private static JsonNode streams(TestClient client) {
    return client.json("/api/health").get("streams");
  }

  /** Asks for the largest message there is, and never reads it. */
  private static Socket stalled(URI address) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    socket
        .getOutputStream()
        .write(
            ("GET /api/live?limit=100 HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n\r\n")
                .getBytes(US_ASCII));
    return socket;
  }

  private static Watcher watch(HttpClient http, URI address, int number) {
    URI page = address.resolve("/api/live?limit=24&offset=" + 24 * (number % 40));
    Watcher watcher = new Watcher();
    http.sendAsync(HttpRequest.newBuilder(page).build(), BodyHandlers.fromLineSubscriber(watcher))
        .whenComplete((answer, failure) -> watcher.ended.complete("ended: " + failure));
    return watcher;
  }

  /** Counts updates. */
  private static final class Watcher implements Flow.Subscriber<String> {
    private final AtomicInteger updates = new AtomicInteger();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      if (line.equals("event: update")) {
        updates.incrementAndGet();
      }
    }

    @Override
    public void onError(Throwable failure) {
      ended.complete(failure.toString());
    }

    @Override
    public void onComplete() {
      ended.complete("complete");
    }
  }
}
