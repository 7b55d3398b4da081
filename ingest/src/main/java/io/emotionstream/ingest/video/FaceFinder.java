// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.video;

import io.emotionstream.schemas.BoundingBox;
import java.util.List;

/**
 * Finds the faces in the pictures of one camera and follows them from one to the next.
 *
 * <p>Used by one thread at a time, though not always the same; calls follow one another with a
 * happens-before edge in between. Holds native memory until it is closed.
 */
public interface FaceFinder extends AutoCloseable {

  /**
   * Returns the faces to be seen in {@code frame}, also where this picture is between two
   * detections and tracking carries them. Faces that are no use (too small, in an excluded zone,
   * blurred), or that come more often than {@link FinderSettings#facesPerSecond()}, are counted in
   * {@link #counts()} and not returned.
   *
   * @param frame later than all before it; its pixels are valid during this call only, and its size
   *     may differ from the last one's
   */
  List<FoundFace> find(VideoFrame frame);

  /**
   * Returns where there may be a face in the last picture: those that were returned and those that
   * were not, whatever the reason, also where the detector is not sure. Whoever shows the picture
   * hides these places. Called between two calls of {@link #find}.
   */
  List<BoundingBox> places();

  /** Returns what happened since this was opened; may be asked for by any thread at any time. */
  FinderCounts counts();

  /** Frees what is held; the counts can still be read. Idempotent. */
  @Override
  void close();
}
