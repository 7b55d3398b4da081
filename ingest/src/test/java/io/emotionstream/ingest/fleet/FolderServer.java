// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves the files of a folder, as a camera or a recorder serves its HLS play list. */
final class FolderServer implements AutoCloseable {
  private final HttpServer server;

  /**
   * @param port 0 for any
   */
  FolderServer(int port, Path folder) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", exchange -> serve(exchange, folder));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void serve(HttpExchange exchange, Path folder) throws IOException {
    try (exchange) {
      Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      boolean list = file.toString().endsWith(".m3u8");
      exchange
          .getResponseHeaders()
          .set("Content-Type", list ? "application/vnd.apple.mpegurl" : "video/mp2t");
      byte[] bytes = Files.readAllBytes(file);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
