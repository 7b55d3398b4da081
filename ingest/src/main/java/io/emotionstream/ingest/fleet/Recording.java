// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.decode.StreamException;

/** Pictures that have an end, read by turns of a {@link RecordedCamera}. */
interface Recording extends AutoCloseable {
  /** Returned after the last picture. */
  long END = -1;

  /**
   * Opens it.
   *
   * @throws StreamException if there is nothing to be read
   */
  void open(RecordedCamera camera) throws StreamException;

  /**
   * Shows the next picture.
   *
   * @return nanoseconds until the next one is due, 0 for at once, or {@link #END}
   * @throws StreamException if it cannot be read on
   */
  long next(RecordedCamera camera) throws StreamException;

  /** Frees what is held; may come before {@link #open}. */
  @Override
  void close();
}
