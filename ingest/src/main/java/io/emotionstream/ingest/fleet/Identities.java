// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.publish.Camera;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Under which identity a camera publishes. A camera that is opened again, or comes back to the file
 * it was taken out of, goes on with its numbers and its times; of those that went away only the
 * last are kept in mind, so that ids that come and go for months take no memory. Used by one thread
 * at a time.
 */
final class Identities {
  /** Cameras that went away and are kept in mind; each takes some hundred bytes. */
  static final int FORMER = 1000;

  private final Function<String, Camera> maker;
  private final Map<String, Camera> present = new HashMap<>();
  private final Map<String, Camera> former = new LinkedHashMap<>();

  /**
   * @param maker makes an identity that shares no frame id with any other, also not with one of the
   *     same camera
   */
  Identities(Function<String, Camera> maker) {
    this.maker = maker;
  }

  /** Returns the identity of a camera that is opened. */
  Camera open(String id) {
    Camera back = former.remove(id);
    if (back != null) {
      present.put(id, back);
    }
    return present.computeIfAbsent(id, maker);
  }

  /** Notes that a camera has gone. */
  void release(String id) {
    Camera gone = present.remove(id);
    if (gone != null) {
      former.put(id, gone);
    }
    if (former.size() > FORMER) {
      former.remove(former.keySet().iterator().next());
    }
  }

  /** Returns how many are kept in mind. */
  int size() {
    return present.size() + former.size();
  }
}
