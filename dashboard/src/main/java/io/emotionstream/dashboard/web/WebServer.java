// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import io.emotionstream.dashboard.history.History;
import io.emotionstream.dashboard.live.Live;
import io.emotionstream.operations.Pages;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: a port, a few threads, and limits on what a connection may cost. */
public final class WebServer implements AutoCloseable {
  private static final int MAX_THREADS = 24;
  private static final int MIN_THREADS = 4;
  private static final int MAX_CONNECTIONS = 2_000;
  private static final int MAX_HEADER_BYTES = 32 << 10; // a hundred cameras' names
  private static final int SEND_BUFFER_BYTES = 128 << 10; // else the kernel takes megabytes each
  private static final int IDLE_MILLIS = 30_000; // streams say something more often than that

  private final WebConfig config;
  private final Server server;
  private final ServerConnector connector;

  /**
   * Listens to nothing yet.
   *
   * @param operations metrics and health
   * @throws IllegalArgumentException if the certificate cannot be used
   */
  public WebServer(WebConfig config, Live live, Optional<History> history, Pages operations) {
    this.config = config;
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("dashboard-web");
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1, factories(config));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    server.setErrorHandler(new JsonErrors());
    server.setHandler(
        new WebHandler(
            new Guard(config.token(), config.host()),
            new Api(config.version(), live, history, operations).routes()));
  }

  /**
   * Listens.
   *
   * @throws BindException if the port is taken
   * @throws IOException if it cannot listen for another reason
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (Exception e) { // what Jetty declares
      close();
      throw failure(e);
    }
  }

  /** Returns the address of the page, once it listens. */
  public URI address() {
    String host = config.host();
    boolean isEverywhere = host.equals("0.0.0.0") || host.equals("::");
    String shown = isEverywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    String scheme = config.tls().isPresent() ? "https" : "http";
    return URI.create("%s://%s:%d/".formatted(scheme, shown, connector.getLocalPort()));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // what Jetty declares
      throw new IllegalStateException("the web server did not stop in order", e);
    }
  }

  private IOException failure(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new BindException(
            "cannot listen at %s:%d (%s): choose another with --port, or 0 for any that is free"
                .formatted(config.host(), config.port(), cause.getMessage()));
      }
    }
    return new IOException(
        "cannot listen at %s:%d: %s".formatted(config.host(), config.port(), e.getMessage()), e);
  }

  private static ConnectionFactory[] factories(WebConfig config) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (config.tls().isEmpty()) {
      return new ConnectionFactory[] {plain};
    }
    TlsConfig tls = config.tls().get();
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(tls.load());
    context.setKeyStorePassword(tls.keyPassword());
    http.addCustomizer(new SecureRequestCustomizer(false)); // asked for by address, too
    return new ConnectionFactory[] {
      new SslConnectionFactory(context, HttpVersion.HTTP_1_1.asString()), plain
    };
  }
}
