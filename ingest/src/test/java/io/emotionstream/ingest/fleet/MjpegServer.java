// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;

/** A camera that sends JPEG pictures by HTTP; it can freeze, and be unplugged by closing it. */
public final class MjpegServer implements AutoCloseable {
  private static final int PICTURES_PER_SECOND = 20;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "mjpeg");
            thread.setDaemon(true);
            return thread;
          });
  private final Scene scene;
  private volatile boolean frozen;
  private volatile boolean closed;

  /**
   * @param port 0 for any
   */
  public MjpegServer(int port, Scene scene) throws IOException {
    this.scene = scene;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/video";
  }

  /** Repeats the same picture from now on, or not any more. */
  void freeze(boolean frozen) {
    this.frozen = frozen;
  }

  private void serve(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=cut");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      byte[] jpeg = jpeg(0);
      for (long number = 0; !closed; number++) {
        jpeg = frozen ? jpeg : jpeg(number);
        String head =
            "--cut\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n";
        out.write(head.getBytes(US_ASCII));
        out.write(jpeg);
        out.write("\r\n".getBytes(US_ASCII));
        out.flush();
        Thread.sleep(1000 / PICTURES_PER_SECOND); // it is a camera's own pace
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] jpeg(long number) throws IOException {
    BufferedImage image =
        new BufferedImage(Scene.WIDTH, Scene.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, Scene.WIDTH, Scene.HEIGHT, scene.draw(number));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }

  @Override
  public void close() {
    closed = true;
    server.stop(0);
    threads.shutdownNow();
  }
}
