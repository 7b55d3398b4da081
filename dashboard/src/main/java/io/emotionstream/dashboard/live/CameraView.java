// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Predicate;

/**
 * How one camera looked in a tick. Immutable; the arrays are shared and nobody changes them.
 *
 * @param id camera
 * @param state what it does
 * @param faces faces since the counting began
 * @param facesPerSecond over the last ten seconds
 * @param version tick in which it changed last
 * @param json its object without windows
 * @param windows its last windows, oldest first
 * @param lostVersion tick of the newest window that is not among them any more; 0 if none is lost
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity only
record CameraView(
    String id,
    CameraState state,
    long faces,
    double facesPerSecond,
    long version,
    byte[] json,
    List<Fragment> windows,
    long lostVersion) {

  /** Writes its object with those windows that came after the tick {@code since}. */
  void writeTo(ByteArrayOutputStream out, long since) {
    out.write(json, 0, json.length - 1); // without the closing brace
    out.writeBytes(Pieces.WINDOWS);
    Predicate<Fragment> isNew = window -> window.version() > since;
    Pieces.join(out, windows.stream().filter(isNew).map(Fragment::json).toList());
    out.writeBytes(Pieces.WINDOWS_END);
  }
}
