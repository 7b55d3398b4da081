// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;

/** The other end of a stream of events. */
public interface Subscriber {
  /**
   * Writes without waiting.
   *
   * @param bytes what to write; nobody changes them
   * @param done told when they are written, or that they cannot be
   */
  void write(ByteBuffer bytes, Callback done);

  /** Ends the stream, whatever it is doing. May be called more than once. */
  void end();
}
