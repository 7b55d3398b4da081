// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emotionstream.dashboard.json.Json;
import io.emotionstream.dashboard.window.EmotionWindow;
import io.emotionstream.dashboard.window.EmotionWindow.Corrected;
import io.emotionstream.schemas.Emotion;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Windows as CSV (RFC 4180) while they come from the database. A cell that a spreadsheet would take
 * for a formula begins with an apostrophe. Nothing is sent before the first window, so that a
 * question that fails can still be answered properly; who reads too slowly is broken off.
 */
final class CsvDownload {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int BUFFER = 32 << 10;
  private static final String FORMULA_STARTS = "=+-@\t\r";
  private static final int CLASSES = Emotion.values().length;

  private final Exchange exchange;
  private final long start = System.nanoTime();
  private @Nullable OutputStream out;

  CsvDownload(Exchange exchange) {
    this.exchange = exchange;
  }

  void take(EmotionWindow window) throws IOException {
    if (System.nanoTime() - start > LIMIT.toNanos()) {
      throw new InterruptedIOException("the download took longer than " + LIMIT);
    }
    write(started(), cells(window));
  }

  /** Ends the answer: with the header alone if there was no window. */
  void finish() throws IOException {
    started().close();
    exchange.callback().succeeded();
  }

  /** Returns whether something may have been sent. */
  boolean hasStarted() {
    return out != null;
  }

  private OutputStream started() throws IOException {
    if (out == null) {
      exchange.header(HttpHeader.CONTENT_TYPE, "text/csv; charset=utf-8");
      exchange
          .response()
          .getHeaders()
          .put("Content-Disposition", "attachment; filename=\"emotion-windows.csv\"");
      out = new BufferedOutputStream(exchange.stream(), BUFFER);
      write(out, header());
    }
    return out;
  }

  static List<String> header() {
    List<String> header =
        new ArrayList<>(List.of("camera", "size_ms", "advance_ms", "start", "end", "kind"));
    List<String> classes =
        Stream.of(Emotion.values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    header.addAll(classes);
    header.addAll(List.of("total", "uncertain", "tracks", "late", "model"));
    for (String suffix : List.of("", "_low", "_high")) {
      classes.forEach(name -> header.add("corrected_" + name + suffix));
    }
    return header;
  }

  static List<String> cells(EmotionWindow window) {
    List<String> cells = new ArrayList<>();
    cells.add(harmless(window.camera()));
    cells.add(Long.toString(window.kind().sizeMillis()));
    cells.add(Long.toString(window.kind().advanceMillis()));
    cells.add(Json.text(window.start()));
    cells.add(Json.text(window.end()));
    cells.add(window.content());
    window.counts().forEach(count -> cells.add(count.toString()));
    cells.add(Long.toString(window.total()));
    cells.add(window.uncertain() == null ? "" : window.uncertain().toString());
    cells.add(window.tracks() == null ? "" : window.tracks().toString());
    cells.add(Long.toString(window.late()));
    cells.add(window.model() == null ? "" : harmless(window.model()));
    Corrected corrected = window.corrected();
    if (corrected == null) {
      cells.addAll(Collections.nCopies(3 * CLASSES, ""));
    } else {
      Stream.of(corrected.shares(), corrected.low(), corrected.high())
          .flatMap(List::stream)
          .forEach(share -> cells.add(String.format(Locale.ROOT, "%.4f", share)));
    }
    return cells;
  }

  private static String harmless(String text) {
    boolean isFormula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return isFormula ? "'" + text : text;
  }

  private static void write(OutputStream out, List<String> cells) throws IOException {
    StringBuilder line = new StringBuilder(256);
    for (String cell : cells) {
      line.append(line.isEmpty() ? "" : ",");
      boolean needsQuotes = cell.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ');
      line.append(needsQuotes ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
    }
    out.write(line.append("\r\n").toString().getBytes(UTF_8));
  }
}
