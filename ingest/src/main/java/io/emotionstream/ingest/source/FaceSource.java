// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * Face crops of one or more cameras, in order. Used by one thread.
 *
 * <p>What cannot be read as a face is reported to the source's {@link SkipListener} and left out.
 */
public interface FaceSource extends Closeable {

  /** Returns the number of cameras; at least 1. */
  int cameras();

  /**
   * Returns the next crop that {@code camera} shows, or nothing when the whole source is at its
   * end. While it looks for one, as over many rows of another split, the source's cameras are
   * silent and a stop is not heard.
   *
   * @param camera 0 to {@link #cameras()} - 1; callers take turns over all of them
   * @throws IOException if the source as a whole became unreadable
   */
  Optional<FaceCrop> next(int camera) throws IOException;
}
