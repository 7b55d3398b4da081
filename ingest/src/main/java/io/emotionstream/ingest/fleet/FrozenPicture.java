// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.zip.CRC32C;

/**
 * Tells a camera that repeats one picture for ever from a quiet scene: a sensor's noise makes two
 * pictures of the quietest scene differ. Used by one thread.
 */
final class FrozenPicture {
  private final long limitNanos;
  private final CRC32C checksum = new CRC32C();
  private long last = -1;
  private long since;

  /**
   * @param limit how long a picture may stay the same; zero for ever
   */
  FrozenPicture(Duration limit) {
    limitNanos = limit.toNanos();
  }

  /** Returns whether {@code gray} and all before it have been the same for too long. */
  boolean isFrozen(ByteBuffer gray, long nanoTime) {
    if (limitNanos == 0) {
      return false;
    }
    checksum.reset();
    checksum.update(gray.duplicate());
    if (checksum.getValue() != last) {
      last = checksum.getValue();
      since = nanoTime;
      return false;
    }
    return nanoTime - since >= limitNanos;
  }
}
