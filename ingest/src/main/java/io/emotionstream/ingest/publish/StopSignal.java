// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Told once, heard by all threads at once, also by those that wait for their turn. */
public class StopSignal {
  private final CountDownLatch latch = new CountDownLatch(1);
  private volatile boolean forGood;

  /** Stops the sources; their cameras may go on later, so their windows stay open. */
  public void stop() {
    latch.countDown();
  }

  /** Stops the sources for good: their cameras say that they have ended. */
  public void end() {
    forGood = true;
    stop();
  }

  /** Whether the cameras are to say that they have ended. */
  public boolean isEnd() {
    return forGood;
  }

  public boolean isStopped() {
    return latch.getCount() == 0;
  }

  /** Waits for the signal; returns whether it came. */
  public boolean await(long nanos) throws InterruptedException {
    return latch.await(nanos, TimeUnit.NANOSECONDS);
  }
}
