// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.health.CameraStats;

/** A camera that runs. Safe for use by several threads. */
interface FleetCamera {
  CameraSpec spec();

  CameraStats stats();

  FrameHandler frames();

  /** Starts, and returns. */
  void start();

  /**
   * Asks it to stop, and returns.
   *
   * @param ended whether it is to say that no more follows
   */
  void stop(boolean ended);

  /**
   * Gives up one that was asked to stop and did not: from now on it publishes nothing, but says
   * that it ended if it was to.
   */
  void leave();

  /** Waits until it has stopped, or come to its end by itself; returns whether it did. */
  boolean awaitDone(long nanos) throws InterruptedException;

  /** Whether it has stopped, or come to its end by itself. */
  boolean isDone();
}
