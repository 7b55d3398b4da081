// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When each camera with an open window was last heard of, by this machine's clock in milliseconds.
 * Kept on the heap only: a task that starts anew grants every camera the whole timeout again. For
 * one thread.
 */
final class IdleCameras {
  private final Map<String, Long> heardAt = new LinkedHashMap<>(16, 0.75f, true);

  void heard(String cameraId, long now) {
    heardAt.put(cameraId, now);
  }

  void forget(String cameraId) {
    heardAt.remove(cameraId);
  }

  /**
   * Returns the cameras not heard of for {@code timeout} milliseconds, with how many milliseconds
   * it is longer than that, the longest silent first.
   */
  List<Map.Entry<String, Long>> idle(long now, long timeout) {
    List<Map.Entry<String, Long>> idle = new ArrayList<>();
    for (Map.Entry<String, Long> camera : heardAt.entrySet()) {
      long beyond = now - camera.getValue() - timeout;
      if (beyond < 0) {
        break; // the others were heard of later
      }
      idle.add(Map.entry(camera.getKey(), beyond));
    }
    return idle;
  }
}
