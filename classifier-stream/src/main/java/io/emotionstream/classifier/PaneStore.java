// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emotionstream.schemas.EmotionEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the panes of all cameras' windows hold: one small record for each pane and one for each
 * track in it, so that a face reads and writes two of them however long the window is and however
 * many people are in it.
 *
 * <p>Keys: the camera id, a zero byte (which no id holds), size, advance and start of the pane,
 * each eight bytes; a track's key has its hash behind that. So a pane lies before its tracks and
 * all of a window lies together.
 */
final class PaneStore {
  private final KeyValueStore<Bytes, byte[]> store;

  PaneStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Counts a face in the pane that holds it. */
  void add(String cameraId, WindowProgress kind, EmotionEvent face) {
    Keys keys = new Keys(cameraId, kind);
    long start = kind.paneOf(Micros.of(face.getCapturedAt()));
    Pane pane = paneOrNew(keys.pane(start));
    pane.add(face);
    String trackId = face.getTrackId();
    if (trackId != null) {
      addTrack(keys, start, pane, TrackSums.hash(trackId), face);
    }
    put(cameraId, kind, start, pane);
  }

  /** Counts a sign of life in the pane that holds it. */
  void addHeartbeat(String cameraId, WindowProgress kind, long time) {
    long start = kind.paneOf(time);
    Pane pane = paneOrNew(new Keys(cameraId, kind).pane(start));
    pane.heartbeats++;
    put(cameraId, kind, start, pane);
  }

  /** Puts a whole pane. */
  void put(String cameraId, WindowProgress kind, long start, Pane pane) {
    store.put(new Keys(cameraId, kind).pane(start), PaneCodec.encode(pane));
    kind.fill(start);
  }

  /** Returns everything in the window [end - size, end). */
  WindowContents window(String cameraId, WindowProgress kind, long end) {
    Keys keys = new Keys(cameraId, kind);
    Pane sum = new Pane();
    Map<Long, TrackSums> tracks = new HashMap<>();
    try (KeyValueIterator<Bytes, byte[]> all =
        store.range(keys.pane(end - kind.size), keys.lastOf(end - kind.advance))) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        if (keys.isTrack(entry.key)) {
          tracks
              .computeIfAbsent(keys.trackOf(entry.key), hash -> new TrackSums())
              .add(PaneCodec.decodeTrack(entry.value));
        } else {
          sum.add(PaneCodec.decodePane(entry.value));
        }
      }
    }
    tracks.keySet().removeIf(hash -> hash >= sum.trackThreshold);
    return new WindowContents(sum, List.copyOf(tracks.values()));
  }

  /** Deletes the panes that no open window holds any more, and notes where the next one starts. */
  void deleteClosed(String cameraId, WindowProgress kind) {
    if (kind.firstPane() >= kind.firstLivePane()) {
      return;
    }
    Keys keys = new Keys(cameraId, kind);
    List<Bytes> closed = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all =
        store.range(
            keys.pane(kind.firstPane()), keys.lastOf(kind.firstLivePane() - kind.advance))) {
      all.forEachRemaining(entry -> closed.add(entry.key));
    }
    closed.forEach(store::delete);
    kind.startWith(firstPane(keys, kind.firstLivePane()).orElse(WindowProgress.NO_PANE));
  }

  private OptionalLong firstPane(Keys keys, long from) {
    try (KeyValueIterator<Bytes, byte[]> rest =
        store.range(keys.pane(from), keys.lastOf(WindowProgress.NO_PANE))) {
      return rest.hasNext() ? OptionalLong.of(keys.startOf(rest.next().key)) : OptionalLong.empty();
    }
  }

  private Pane paneOrNew(Bytes key) {
    byte[] bytes = store.get(key);
    return bytes == null ? new Pane() : PaneCodec.decodePane(bytes);
  }

  private void addTrack(Keys keys, long start, Pane pane, long hash, EmotionEvent face) {
    if (hash >= pane.trackThreshold) {
      return; // not in the sample
    }
    Bytes key = keys.track(start, hash);
    byte @Nullable [] bytes = store.get(key);
    TrackSums track = bytes == null ? new TrackSums() : PaneCodec.decodeTrack(bytes);
    track.add(face);
    store.put(key, PaneCodec.encode(track));
    if (bytes == null && ++pane.tracks > Pane.MAX_TRACKS) {
      pane.trackThreshold = removeGreatestTrack(keys, start);
      pane.tracks--;
    }
  }

  private long removeGreatestTrack(Keys keys, long start) {
    Bytes greatest;
    try (KeyValueIterator<Bytes, byte[]> tracks =
        store.reverseRange(keys.track(start, 0), keys.track(start, Long.MAX_VALUE))) {
      greatest = tracks.next().key;
    }
    store.delete(greatest);
    return keys.trackOf(greatest);
  }

  /**
   * Keys of one camera's windows of one kind. Times are never negative, so bytes sort as they do.
   */
  private static final class Keys {
    private final byte[] prefix;

    Keys(String cameraId, WindowProgress kind) {
      byte[] camera = cameraId.getBytes(UTF_8);
      prefix =
          ByteBuffer.allocate(camera.length + 1 + 2 * Long.BYTES)
              .put(camera)
              .put((byte) 0)
              .putLong(kind.size)
              .putLong(kind.advance)
              .array();
    }

    Bytes pane(long start) {
      return Bytes.wrap(
          ByteBuffer.allocate(prefix.length + Long.BYTES)
              .put(prefix)
              .putLong(Math.max(0, start))
              .array());
    }

    Bytes track(long start, long hash) {
      return Bytes.wrap(
          ByteBuffer.allocate(prefix.length + 2 * Long.BYTES)
              .put(prefix)
              .putLong(start)
              .putLong(hash)
              .array());
    }

    /** Returns a key behind the tracks of the pane. */
    Bytes lastOf(long start) {
      return track(start, Long.MAX_VALUE);
    }

    boolean isTrack(Bytes key) {
      return key.get().length > prefix.length + Long.BYTES;
    }

    long startOf(Bytes key) {
      return ByteBuffer.wrap(key.get()).getLong(prefix.length);
    }

    long trackOf(Bytes key) {
      return ByteBuffer.wrap(key.get()).getLong(prefix.length + Long.BYTES);
    }
  }
}
