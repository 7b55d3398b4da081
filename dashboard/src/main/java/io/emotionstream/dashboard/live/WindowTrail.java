// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import io.emotionstream.dashboard.json.Json;
import io.emotionstream.dashboard.window.EmotionWindow;
import io.emotionstream.dashboard.window.WindowKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last windows of one camera, of the finest kind that it has. When a deployment went over to
 * coarser windows, the finer ones are given up after a few of the others. Not safe for use by
 * several threads.
 */
final class WindowTrail {
  static final int LENGTH = 30;

  private static final int PATIENCE = 4;

  private final List<Entry> entries = new ArrayList<>();
  private long lostVersion;
  private long changedVersion;
  private @Nullable WindowKind kind;

  /** Adds a window in the tick {@code version}; returns whether it is of the kind that is kept. */
  boolean add(EmotionWindow window, long version) {
    if (!isOfKind(window)) {
      return false;
    }
    Entry entry = new Entry(window, new Fragment(version, Json.bytes(window::writeTo)));
    int at = entries.size();
    while (at > 0 && entries.get(at - 1).window().start().isAfter(window.start())) {
      at--;
    }
    if (at > 0 && entries.get(at - 1).window().start().equals(window.start())) {
      return false; // read twice
    }
    entries.add(at, entry);
    changedVersion = version;
    if (entries.size() > LENGTH) {
      forget(entries.remove(0));
    }
    return true;
  }

  /** Returns the newest window, if there is one. */
  @Nullable EmotionWindow newest() {
    return entries.isEmpty() ? null : entries.get(entries.size() - 1).window();
  }

  @Nullable WindowKind kind() {
    return kind;
  }

  /** Returns the windows, oldest first. */
  List<Fragment> fragments() {
    return entries.stream().map(Entry::fragment).toList();
  }

  /** Returns the tick in which a window came last; 0 if none did. */
  long changedVersion() {
    return changedVersion;
  }

  /** Returns the tick of the newest window that is not held any more; 0 if none was lost. */
  long lostVersion() {
    return lostVersion;
  }

  private boolean isOfKind(EmotionWindow window) {
    if (kind == null || window.kind().isFinerThan(kind) || isGivenUpAt(window.start())) {
      kind = window.kind();
      entries.removeIf(
          entry -> {
            forget(entry);
            return true;
          });
    }
    return window.kind().equals(kind);
  }

  private boolean isGivenUpAt(Instant start) {
    EmotionWindow last = newest();
    return last != null
        && start.isAfter(last.end().plusMillis(PATIENCE * last.kind().sizeMillis()));
  }

  private void forget(Entry entry) {
    lostVersion = Math.max(lostVersion, entry.fragment().version());
  }

  private record Entry(EmotionWindow window, Fragment fragment) {}
}
