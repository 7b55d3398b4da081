// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.launcher.demo.Tally.Snapshot;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Shows faces by camera and class while they come in: a table redrawn in place on a terminal, plain
 * lines elsewhere.
 */
final class LiveTable {
  private static final int MAX_ROWS = 20;
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

  private final PrintStream out;
  private final boolean terminal;
  private int drawnLines;
  private long lastEvents;
  private Instant lastDraw = Instant.EPOCH;

  LiveTable(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows {@code snapshot}, as far as it is time to. */
  void draw(Snapshot snapshot, Instant now) {
    if (!terminal && Duration.between(lastDraw, now).compareTo(LINE_INTERVAL) < 0) {
      return;
    }
    String rates = rates(snapshot, now);
    if (terminal) {
      redraw(table(snapshot) + rates + "\n");
    } else {
      out.println(rates + ", " + totals(snapshot));
    }
    lastEvents = snapshot.events();
    lastDraw = now;
  }

  private void redraw(String text) {
    if (drawnLines > 0) {
      out.print("\u001b[" + drawnLines + "A\u001b[J");
    }
    out.print(text);
    out.flush();
    drawnLines = (int) text.lines().count();
  }

  private static String table(Snapshot snapshot) {
    StringBuilder table = new StringBuilder(String.format("%-16s", "camera"));
    for (Emotion emotion : Emotions.ALL) {
      table.append(" ".repeat(width(emotion) - Emotions.nameOf(emotion).length()));
      table.append(Emotions.nameOf(emotion));
    }
    table.append(String.format("%9s%n", "total"));
    snapshot.byCamera().entrySet().stream()
        .limit(MAX_ROWS)
        .forEach(entry -> table.append(row(entry.getKey(), entry.getValue())));
    int more = snapshot.byCamera().size() - MAX_ROWS;
    if (more > 0) {
      table.append("and ").append(more).append(" cameras more\n");
    }
    return table.append(row("all", sum(snapshot.byCamera()))).toString();
  }

  private static String row(String camera, ClassCounts counts) {
    StringBuilder row = new StringBuilder(String.format("%-16.16s", camera));
    for (Emotion emotion : Emotions.ALL) {
      row.append(String.format("%" + width(emotion) + "d", counts.of(emotion)));
    }
    return row.append(String.format("%9d%n", counts.total())).toString();
  }

  /** The whole table is 79 columns wide: a line that a terminal wraps could not be redrawn. */
  private static int width(Emotion emotion) {
    return Math.max(Emotions.nameOf(emotion).length(), 6) + 1;
  }

  private static ClassCounts sum(Map<String, ClassCounts> byCamera) {
    ClassCounts sum = new ClassCounts();
    for (ClassCounts counts : byCamera.values()) {
      for (Emotion emotion : Emotions.ALL) {
        sum.add(emotion, counts.of(emotion));
      }
    }
    return sum;
  }

  private static String totals(Snapshot snapshot) {
    return "%d cameras, %d classified, %d dead letters, %s"
        .formatted(
            snapshot.byCamera().size(),
            snapshot.events(),
            snapshot.deadLetters(),
            sum(snapshot.byCamera()));
  }

  private String rates(Snapshot snapshot, Instant now) {
    double seconds = Duration.between(lastDraw, now).toNanos() / 1e9;
    double rate = lastDraw.equals(Instant.EPOCH) ? 0 : (snapshot.events() - lastEvents) / seconds;
    return String.format(
        Locale.ROOT,
        "%.0f faces/s, latency p50 %.0f ms, p99 %.0f ms, %d windows, %d late",
        rate,
        snapshot.p50Millis(),
        snapshot.p99Millis(),
        snapshot.windowsClosed(),
        snapshot.lateEvents());
  }
}
