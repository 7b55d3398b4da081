// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.track;

import io.emotionstream.ingest.detect.DetectorKind;
import io.emotionstream.ingest.detect.FaceDetector;
import io.emotionstream.ingest.detect.SharedDetector;
import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FaceFinderFactory;
import io.emotionstream.ingest.video.FinderSettings;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The face finders of all cameras of a process; they share its detectors.
 *
 * <p>A track id is drawn by chance when a finder opens, then counted on: {@code 3k9x2m4a7b-12} says
 * nothing of the camera, the face or the person. Safe for use by several threads.
 */
public final class FaceFinders implements FaceFinderFactory, AutoCloseable {
  private static final int BASE = 36;
  private static final int DIGITS = 10;

  private final FaceDetector detector;
  private final RandomGenerator chance;

  /**
   * @param detector safe for use by several threads; closed with this
   * @param chance for track ids; safe for use by several threads
   */
  FaceFinders(FaceDetector detector, RandomGenerator chance) {
    this.detector = detector;
    this.chance = chance;
  }

  /**
   * Loads a detector of this kind.
   *
   * @throws IllegalStateException if that fails
   */
  public static FaceFinders open(DetectorKind kind) {
    return new FaceFinders(new SharedDetector(kind::open), new SecureRandom());
  }

  @Override
  public FaceFinder open(String cameraId, FinderSettings settings) {
    return new TrackingFinder(settings, detector, ids());
  }

  private Supplier<String> ids() {
    StringBuilder prefix = new StringBuilder(DIGITS);
    for (int i = 0; i < DIGITS; i++) {
      prefix.append(Character.forDigit(chance.nextInt(BASE), BASE));
    }
    AtomicLong next = new AtomicLong(1);
    return () -> prefix + "-" + next.getAndIncrement();
  }

  /** Frees the detectors; finders that are still in use fail from then on. */
  @Override
  public void close() {
    detector.close();
  }
}
