// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The events of a stream as they come. */
public final class LiveEvents implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Stream<String> lines;
  private String name = "";
  private long id;

  /** An event. */
  public record Event(String name, long id, JsonNode data) {
    /** Returns a camera of the event; missing if it is not in it. */
    public JsonNode camera(String camera) {
      for (JsonNode one : data.get("cameras")) {
        if (one.get("camera").asText().equals(camera)) {
          return one;
        }
      }
      return data.path("no camera " + camera);
    }
  }

  LiveEvents(Stream<String> lines) {
    this.lines = lines;
    Thread reader = new Thread(this::read, "live-events");
    reader.setDaemon(true);
    reader.start();
  }

  /** Waits for the next event. */
  public Event next() throws InterruptedException {
    Event event = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came for " + LIMIT_SECONDS + " s");
    }
    return event;
  }

  /** Waits for an event that is as wanted; those before it are lost. */
  public Event next(Predicate<Event> wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    Event event = next();
    while (!wanted.test(event)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no such event came, the last was " + event);
      }
      event = next();
    }
    return event;
  }

  @Override
  public void close() {
    lines.close();
  }

  private void read() {
    try {
      lines.forEach(this::line);
    } catch (UncheckedIOException e) {
      // the stream was closed, by us or by the server
    }
  }

  private void line(String line) {
    if (line.startsWith("event: ")) {
      name = line.substring("event: ".length());
    } else if (line.startsWith("id: ")) {
      id = Long.parseLong(line.substring("id: ".length()));
    } else if (line.startsWith("data: ")) {
      events.add(new Event(name, id, TestClient.parse(line.substring("data: ".length()))));
    }
  }
}
