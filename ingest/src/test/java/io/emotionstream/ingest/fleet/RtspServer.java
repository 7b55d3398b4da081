// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A camera that speaks RTSP, as far as a client needs it: packets inside the connection or by UDP,
 * sender reports with a clock of its own. Closing it is pulling its plug; a new one on the same
 * port is the camera after its reboot.
 */
final class RtspServer implements AutoCloseable {
  private static final Pattern CLIENT_PORTS = Pattern.compile("client_port=(\\d+)-(\\d+)");

  private final ServerSocket server;
  private final DatagramSocket rtp;
  private final DatagramSocket rtcp;
  private final SceneWriter writer;
  private final String sdp;
  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * @param port 0 for any
   * @param clockAtStart what its clock shows when it starts
   */
  RtspServer(int port, Scene scene, Instant clockAtStart) throws IOException {
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    DatagramSocket[] pair = socketPair();
    rtp = pair[0];
    rtcp = pair[1];
    writer = SceneWriter.rtp(rtp.getLocalPort(), clockAtStart);
    sdp = writer.sdp().replaceAll("m=video \\d+", "m=video 0") + "a=control:streamid=0\r\n";
    start("rtsp-accept", this::accept);
    start("rtsp-rtp", () -> relay(rtp, 0));
    start("rtsp-rtcp", () -> relay(rtcp, 1));
    start("rtsp-scene", () -> show(scene));
  }

  int port() {
    return server.getLocalPort();
  }

  /** One connection. */
  private static final class Client {
    final Socket socket;
    final DatagramSocket @Nullable [] udp;
    final int @Nullable [] ports;
    volatile boolean playing;

    Client(Socket socket, DatagramSocket @Nullable [] udp, int @Nullable [] ports) {
      this.socket = socket;
      this.udp = udp;
      this.ports = ports;
    }

    synchronized void send(int channel, byte[] data, int length) {
      try {
        if (udp != null && ports != null) {
          InetSocketAddress to = new InetSocketAddress(socket.getInetAddress(), ports[channel]);
          udp[channel].send(new DatagramPacket(data, length, to));
          return;
        }
        byte[] framed = new byte[length + 4];
        framed[0] = '$';
        framed[1] = (byte) channel;
        framed[2] = (byte) (length >> 8);
        framed[3] = (byte) length;
        System.arraycopy(data, 0, framed, 4, length);
        socket.getOutputStream().write(framed);
      } catch (IOException e) {
        playing = false;
      }
    }
  }

  private void show(Scene scene) throws Exception {
    long start = System.nanoTime();
    try (writer) {
      for (long number = 0; !closed; number++) {
        long due = start + number * 1_000_000_000L / SceneWriter.PICTURES_PER_SECOND;
        long wait = due - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000)); // it is a camera's own pace
        }
        writer.show(scene.draw(number));
      }
    }
  }

  private void relay(DatagramSocket from, int channel) throws IOException {
    byte[] data = new byte[65_536];
    while (!closed) {
      DatagramPacket packet = new DatagramPacket(data, data.length);
      from.receive(packet);
      for (Client client : clients) {
        if (client.playing) {
          client.send(channel, data, packet.getLength());
        }
      }
    }
  }

  private void accept() throws IOException {
    while (!closed) {
      Socket socket = server.accept();
      start("rtsp-client", () -> serve(socket));
    }
  }

  private void serve(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    @Nullable Client client = null;
    while (!closed) {
      String request = in.readLine();
      if (request == null) {
        return;
      }
      String cseq = "0";
      String transport = "";
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        if (line.startsWith("CSeq:")) {
          cseq = line.substring(5).strip();
        } else if (line.startsWith("Transport:")) {
          transport = line.substring(10).strip();
        }
      }
      String head = "RTSP/1.0 200 OK\r\nCSeq: " + cseq + "\r\n";
      if (request.startsWith("DESCRIBE")) {
        answer(
            socket,
            head
                + "Content-Type: application/sdp\r\nContent-Length: "
                + sdp.length()
                + "\r\n\r\n"
                + sdp);
      } else if (request.startsWith("SETUP")) {
        client = setUp(socket, transport);
        clients.add(client);
        answer(socket, head + "Session: 1\r\nTransport: " + reply(client, transport) + "\r\n\r\n");
      } else {
        answer(socket, head + "Session: 1\r\nPublic: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n");
        if (client != null && request.startsWith("PLAY")) {
          client.playing = true;
        }
      }
    }
  }

  private static Client setUp(Socket socket, String transport) throws IOException {
    Matcher ports = CLIENT_PORTS.matcher(transport);
    if (!ports.find()) {
      return new Client(socket, null, null);
    }
    return new Client(
        socket,
        socketPair(),
        new int[] {Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2))});
  }

  private static String reply(Client client, String transport) {
    return client.udp == null
        ? "RTP/AVP/TCP;unicast;interleaved=0-1"
        : transport.replaceAll(";mode=.*", "")
            + ";server_port=%d-%d"
                .formatted(client.udp[0].getLocalPort(), client.udp[1].getLocalPort());
  }

  private static void answer(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(US_ASCII));
    out.flush();
  }

  /** RTP goes to an even port, RTCP to the next. */
  private static DatagramSocket[] socketPair() throws IOException {
    for (int port = 20_000 + (int) (System.nanoTime() % 10_000) * 2; port < 60_000; port += 2) {
      try {
        DatagramSocket first = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        try {
          return new DatagramSocket[] {
            first, new DatagramSocket(port + 1, InetAddress.getLoopbackAddress())
          };
        } catch (IOException e) {
          first.close();
        }
      } catch (IOException e) {
        // Taken: the next pair.
      }
    }
    throw new IOException("no two ports are free");
  }

  private interface Work {
    void run() throws Exception;
  }

  private void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Exception e) {
                if (!closed && !(e instanceof IOException)) {
                  throw new IllegalStateException(e);
                }
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    server.close();
    rtp.close();
    rtcp.close();
    for (Client client : clients) {
      client.socket.close();
      if (client.udp != null) {
        client.udp[0].close();
        client.udp[1].close();
      }
    }
  }
}
