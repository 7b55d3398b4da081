// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import io.emotionstream.dashboard.web.WebConfig;
import io.emotionstream.dashboard.web.WebServer;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.Distributions;
import io.emotionstream.testkit.Events;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process of its own, with as little heap as the test gives it: a thousand cameras that each show
 * two faces a second and close a window every second, without a broker. It prints its address and
 * runs until it is destroyed.
 */
final class LoadedServer {
  static final int CAMERAS = 1_000;

  private static final Emotion[] CLASSES = Emotion.values();
  private static final Duration SIZE = Duration.ofSeconds(1);

  private LoadedServer() {}

  @SuppressWarnings("resource") // until the process is destroyed
  public static void main(String[] args) throws IOException, InterruptedException {
    Live live =
        new Live(
            Map.of("bootstrap.servers", "127.0.0.1:1"),
            Topics.defaults(),
            Duration.ZERO,
            Map.of(),
            InstantSource.system());
    WebConfig config = new WebConfig("test", "127.0.0.1", 0, Optional.empty(), Optional.empty());
    WebServer server = new WebServer(config, live, Optional.empty(), path -> Optional.empty());
    Instant start = Instant.now();
    for (int i = WindowTrail.LENGTH; i > 0; i--) {
      show(live.state(), start.minus(SIZE.multipliedBy(i)));
    }
    server.start();
    live.start();
    System.out.println(server.address());
    for (int second = 0; true; second++) {
      Instant next = start.plus(SIZE.multipliedBy(second));
      while (Instant.now().isBefore(next)) {
        Thread.sleep(10); // it stands for the cameras' own pace
      }
      show(live.state(), next);
    }
  }

  private static void show(LiveState state, Instant at) {
    for (int i = 0; i < CAMERAS; i++) {
      String camera = "camera-%04d".formatted(i);
      state.event(Events.event(camera, CLASSES[i % CLASSES.length], at).build(), true);
      state.event(Events.event(camera, Emotion.NEUTRAL, at).build(), true);
      EmotionDistribution window =
          Distributions.window(camera, at, SIZE)
              .counting(CLASSES[i % CLASSES.length], 1)
              .counting(Emotion.NEUTRAL, 1)
              .build();
      state.window(window, true);
    }
  }

  /** Returns the command that runs it, on this JVM's class path. */
  static List<String> command(String maxHeap) {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-Xmx" + maxHeap,
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        LoadedServer.class.getName());
  }
}
