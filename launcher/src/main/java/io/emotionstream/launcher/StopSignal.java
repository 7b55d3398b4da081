// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * Ctrl-C or SIGTERM as a request instead of an end: what runs may drain first. A second one ends
 * the process without that.
 *
 * <p>Shutdown hooks would not do: they run at the same time and in no order, so one library's hook
 * could take away what another's drain needs.
 */
public final class StopSignal {
  private static final int INTERRUPTED = 130;

  private final CountDownLatch requested = new CountDownLatch(1);

  private StopSignal() {}

  /** Starts to listen for the process's signals. */
  public static StopSignal install() {
    StopSignal stop = new StopSignal();
    for (String name : new String[] {"INT", "TERM"}) {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (stop.isRequested()) {
              System.exit(INTERRUPTED); // with hooks: the demo's stops its database
            }
            stop.request();
          });
    }
    return stop;
  }

  /** Returns a signal that only {@link #request} gives. */
  public static StopSignal manual() {
    return new StopSignal();
  }

  /** Asks for the stop. */
  public void request() {
    requested.countDown();
  }

  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits for the request; returns whether it came in time. */
  public boolean await(Duration timeout) throws InterruptedException {
    return requested.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
