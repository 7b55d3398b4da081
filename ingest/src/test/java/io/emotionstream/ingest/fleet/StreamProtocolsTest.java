// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static io.emotionstream.ingest.fleet.FleetFixture.camera;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other streams that FFmpeg opens; FFmpeg is the camera too, switched off and on again. */
class StreamProtocolsTest {
  private final Scene scene = new Scene(1);

  StreamProtocolsTest() throws IOException {}

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:PORT, mpegts, tcp://127.0.0.1:PORT?listen=1, 0",
    "udp://127.0.0.1:PORT, mpegts, udp://127.0.0.1:PORT?pkt_size=1316, 0",
    "rtp://127.0.0.1:PORT, rtp_mpegts, rtp://127.0.0.1:PORT?pkt_size=1316, 0",
    "srt://127.0.0.1:PORT, mpegts, srt://127.0.0.1:PORT?mode=listener, 0",
    "rtmp://127.0.0.1:PORT/live/cam, flv, rtmp://127.0.0.1:PORT/live/cam, 1",
  })
  void streamIsReadAndFoundAgain(String url, String format, String address, String listen)
      throws Exception {
    String port = Integer.toString(freePort());
    Thread sender =
        new Thread(() -> send(format, address.replace("PORT", port), Map.of("listen", listen)));
    sender.setDaemon(true);
    try (FleetFixture fleet = FleetFixture.of(camera("a", url.replace("PORT", port)))) {
      sender.start();

      fleet.awaitHealth("a", health -> health.faces() > 20);
      assertThat(fleet.health("a").clock()).isEqualTo("arrival");

      sender.interrupt();
      fleet.awaitHealth("a", health -> health.reconnects() >= 1);
      long before = fleet.health("a").faces();
      Thread again =
          new Thread(() -> send(format, address.replace("PORT", port), Map.of("listen", listen)));
      again.setDaemon(true);
      again.start();
      fleet.awaitHealth("a", health -> health.faces() > before + 20);
      again.interrupt();
    }
  }

  private void send(String format, String address, Map<String, String> options) {
    Map<String, String> wanted = options.containsValue("0") ? Map.of() : options;
    try (SceneWriter writer = SceneWriter.serving(format, address, wanted)) {
      writer.play(scene);
    } catch (IOException e) {
      // The camera went away first.
    }
  }

  /** Free for TCP in all likelihood too. */
  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0)) {
      return socket.getLocalPort() & ~1;
    }
  }
}
