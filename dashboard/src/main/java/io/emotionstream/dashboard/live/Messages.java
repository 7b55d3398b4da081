// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.emotionstream.dashboard.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one tick: put together from shared pieces, and once for all streams that want the
 * same. For one thread.
 */
final class Messages {
  /** Tells the other side, and what lies between, that the stream is alive. */
  static final byte[] SIGN_OF_LIFE = Pieces.text(": alive\n\n");

  private static final byte[] END = Pieces.text("]}\n\n");

  private final LiveView view;
  private final Map<Selection, List<CameraView>> selected = new HashMap<>();
  private final Map<Request, byte[]> made = new HashMap<>();

  Messages(LiveView view) {
    this.view = view;
  }

  LiveView view() {
    return view;
  }

  /** Returns everything: for a stream that is new, or that was away for too long. */
  Message snapshot(Selection selection) {
    return message(new Request(selection, null));
  }

  /**
   * Returns what changed since {@code known}, which may be nothing.
   *
   * @param known what the stream has shown
   */
  Message update(Selection selection, Known known) {
    return message(new Request(selection, known));
  }

  /**
   * Returns what a stream knows that broke off after the tick {@code version}; null if that cannot
   * be known any more.
   */
  @Nullable Known resumed(Selection selection, long version) {
    List<CameraView> cameras = select(selection);
    boolean isWhole =
        view.knows(version)
            && selection.isSteadySince(view, version)
            && cameras.stream().allMatch(camera -> camera.lostVersion() <= version);
    return isWhole ? new Known(version, ids(cameras)) : null;
  }

  private List<CameraView> select(Selection selection) {
    return selected.computeIfAbsent(selection, wanted -> wanted.in(view));
  }

  private Message message(Request request) {
    List<CameraView> cameras = select(request.selection());
    byte[] bytes = made.computeIfAbsent(request, wanted -> encode(wanted.known(), cameras));
    return new Message(bytes, new Known(view.version(), ids(cameras)));
  }

  private byte[] encode(@Nullable Known known, List<CameraView> cameras) {
    long since = known == null ? 0 : known.version();
    Set<String> told = known == null ? Set.of() : new HashSet<>(known.cameras());
    List<CameraView> changed =
        cameras.stream()
            .filter(camera -> camera.version() > since || !told.contains(camera.id()))
            .toList();
    List<String> ids = ids(cameras);
    boolean isOther = known == null || !ids.equals(known.cameras());
    if (!isOther && changed.isEmpty() && view.totals().version() <= since) {
      return new byte[0];
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    out.writeBytes(head(known == null ? "snapshot" : "update"));
    if (isOther) {
      out.writeBytes(selection(ids));
    }
    out.writeBytes(Pieces.text(",\"cameras\":["));
    String separator = "";
    for (CameraView camera : changed) {
      out.writeBytes(Pieces.text(separator));
      camera.writeTo(out, told.contains(camera.id()) ? since : 0);
      separator = ",";
    }
    out.writeBytes(END);
    return out.toByteArray();
  }

  private byte[] head(String event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    out.writeBytes(
        Pieces.text(
            "event: %s\nid: %d\ndata: {\"at\":\"%s\",\"totals\":"
                .formatted(event, view.version(), Json.text(view.at()))));
    out.writeBytes(view.totals().json());
    out.writeBytes(Pieces.text(",\"model\":"));
    out.writeBytes(view.model());
    return out.toByteArray();
  }

  private static byte[] selection(List<String> ids) {
    StringBuilder json = new StringBuilder(",\"selection\":[");
    String separator = "";
    for (String id : ids) {
      json.append(separator).append('"');
      JsonStringEncoder.getInstance().quoteAsString(id, json);
      json.append('"');
      separator = ",";
    }
    return json.append(']').toString().getBytes(UTF_8);
  }

  private static List<String> ids(List<CameraView> cameras) {
    return cameras.stream().map(CameraView::id).toList();
  }

  /**
   * What a stream has been told.
   *
   * @param version last tick that it holds
   * @param cameras its cameras in their order
   */
  record Known(long version, List<String> cameras) {}

  /**
   * A message.
   *
   * @param bytes event stream format; empty if there is nothing to tell
   * @param known what a stream knows that has had it
   */
  @SuppressWarnings("ArrayRecordComponent") // shared by streams, never compared
  record Message(byte[] bytes, Known known) {
    boolean isEmpty() {
      return bytes.length == 0;
    }
  }

  private record Request(Selection selection, @Nullable Known known) {}
}
