// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lends a detector to each thread that asks, so that there are never more than threads that detect
 * at once, however many cameras they serve. Safe for use by several threads.
 */
public final class SharedDetector implements FaceDetector {
  private final Supplier<FaceDetector> opener;
  private final Deque<FaceDetector> idle = new ArrayDeque<>();
  private final double sureScore;
  private boolean closed;

  /** Opens the first one, so that what cannot be loaded is known at once. */
  public SharedDetector(Supplier<FaceDetector> opener) {
    this.opener = opener;
    FaceDetector first = opener.get();
    this.sureScore = first.sureScore();
    idle.push(first);
  }

  @Override
  public double sureScore() {
    return sureScore;
  }

  @Override
  public List<DetectedFace> detect(GrayPicture picture, int minFaceSize) {
    FaceDetector detector = borrow();
    try {
      return detector.detect(picture, minFaceSize);
    } finally {
      giveBack(detector);
    }
  }

  private FaceDetector borrow() {
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("the face detector is closed");
      }
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return opener.get();
  }

  private void giveBack(FaceDetector detector) {
    synchronized (idle) {
      if (!closed) {
        idle.push(detector);
        return;
      }
    }
    detector.close();
  }

  /** Frees the idle ones; those at work are freed when they are done. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(FaceDetector::close);
      idle.clear();
    }
  }
}
