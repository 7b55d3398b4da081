// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ports of the loopback interface that nobody listens on at the moment. */
final class FreePorts {
  /** Stands for "any free port" where a port is asked for. */
  static final int ANY = 0;

  private static final Logger log = LoggerFactory.getLogger(FreePorts.class);
  private static final String MEMORY = "emotion.port";

  private FreePorts() {}

  /** Returns {@code wanted}, or a free port if that is {@link #ANY}. */
  static int choose(int wanted) throws IOException {
    if (wanted < 0 || wanted > 65535) {
      throw new IllegalArgumentException("port must be between 0 (any) and 65535, was " + wanted);
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // a port may be taken again right after its server stopped
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return socket.getLocalPort();
    } catch (BindException e) {
      throw new IOException(
          "port %d is taken: stop its user or choose another one".formatted(wanted), e);
    }
  }

  /**
   * Returns {@code wanted}; or, if that is {@link #ANY}, the port that was chosen last time for the
   * same directory, so that its clients find it again; or a free one where that is taken now.
   */
  static int choose(int wanted, Path directory) throws IOException {
    int port = wanted == ANY ? chooseAsBefore(directory.resolve(MEMORY)) : choose(wanted);
    Files.writeString(directory.resolve(MEMORY), Integer.toString(port));
    return port;
  }

  private static int chooseAsBefore(Path memory) throws IOException {
    String last = Files.exists(memory) ? Files.readString(memory).strip() : "";
    if (last.matches("[1-9]\\d{0,4}")) {
      try {
        return choose(Integer.parseInt(last));
      } catch (IOException | IllegalArgumentException e) {
        log.debug("port {} of the last time cannot be had: {}", last, e.getMessage());
      }
    }
    return choose(ANY);
  }

  /** Returns a free port that is not {@code taken}. */
  static int chooseOtherThan(int taken) throws IOException {
    int port;
    do {
      port = choose(ANY);
    } while (port == taken);
    return port;
  }
}
