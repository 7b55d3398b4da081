// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows pages about this process over HTTP: only GET and HEAD, no state, no password. Safe for use
 * by several threads.
 */
public final class OperationsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperationsServer.class);
  private static final int THREADS = 4; // one slow reader must not hide the health from the others
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int FAILED = 500;

  private final HttpServer server;
  private final List<Pages> pages;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread daemon = new Thread(work, "operations-server");
            daemon.setDaemon(true);
            return daemon;
          });

  /**
   * Starts to answer.
   *
   * @param host address of this machine to listen at; 0.0.0.0 for all
   * @param port 0 for any
   * @param pages asked in turn for the page at a path
   * @throws IOException if the port is taken
   */
  public OperationsServer(String host, int port, List<Pages> pages) throws IOException {
    this.pages = List.copyOf(pages);
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      threads.shutdownNow();
      throw new IOException(
          "cannot listen at %s:%d: %s; choose another port".formatted(host, port, e.getMessage()),
          e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Returns the port it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (!head && !exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(NOT_ALLOWED, -1);
        return;
      }
      Optional<Page> page = page(path);
      if (page.isEmpty()) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
        return;
      }
      send(exchange, page.get(), head);
    }
  }

  private Optional<Page> page(String path) {
    try {
      return pages.stream().flatMap(some -> some.page(path).stream()).findFirst();
    } catch (RuntimeException e) {
      LOG.warn("cannot show {}: {}", path, e.toString());
      return Optional.of(new Page(FAILED, "text/plain", new byte[0]));
    }
  }

  private static void send(HttpExchange exchange, Page page, boolean head) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", page.contentType());
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    if (head || page.body().length == 0) {
      exchange.sendResponseHeaders(page.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(page.status(), page.body().length);
    exchange.getResponseBody().write(page.body());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
