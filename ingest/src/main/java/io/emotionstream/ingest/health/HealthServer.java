// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few pages about this process, over HTTP; only GET, no state. Safe for use by several threads.
 */
public final class HealthServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;

  private final HttpServer server;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread daemon = new Thread(work, "health-server");
            daemon.setDaemon(true);
            return daemon;
          });

  /** What a request is answered with. */
  public record Page(String contentType, byte[] body) {
    /** A page of text, always there. */
    public static Optional<Page> text(String contentType, String text) {
      return Optional.of(new Page(contentType, text.getBytes(UTF_8)));
    }
  }

  /**
   * Starts to answer.
   *
   * @param host address of this machine to listen at; 0.0.0.0 for all
   * @param port 0 for any
   * @throws IOException if the port is taken
   */
  public HealthServer(String host, int port) throws IOException {
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      thread.shutdownNow();
      throw new IOException(
          "cannot listen at %s:%d: %s; choose another port".formatted(host, port, e.getMessage()),
          e);
    }
    server.setExecutor(thread);
    server.start();
  }

  /** Returns the port it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Adds a page.
   *
   * @param path beginning of the paths that it answers
   * @param answer gives the page for a path; nothing where there is none
   */
  public void page(String path, Function<String, Optional<Page>> answer) {
    server.createContext(path, exchange -> handle(exchange, answer));
  }

  private static void handle(HttpExchange exchange, Function<String, Optional<Page>> answer)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(NOT_ALLOWED, -1);
        return;
      }
      Optional<Page> page = answer.apply(exchange.getRequestURI().getPath());
      if (page.isEmpty()) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", page.get().contentType());
      exchange.sendResponseHeaders(200, page.get().body().length);
      exchange.getResponseBody().write(page.get().body());
    } catch (RuntimeException e) {
      LOG.warn("cannot show {}: {}", exchange.getRequestURI().getPath(), e.toString());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
