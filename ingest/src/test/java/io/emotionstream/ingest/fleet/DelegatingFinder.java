// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FinderCounts;
import io.emotionstream.ingest.video.FoundFace;
import io.emotionstream.ingest.video.VideoFrame;
import io.emotionstream.schemas.BoundingBox;
import java.util.List;

/** Does something before another finder looks. */
abstract class DelegatingFinder implements FaceFinder {
  private final FaceFinder finder;

  DelegatingFinder(FaceFinder finder) {
    this.finder = finder;
  }

  abstract void before();

  @Override
  public List<FoundFace> find(VideoFrame frame) {
    before();
    return finder.find(frame);
  }

  @Override
  public List<BoundingBox> places() {
    return finder.places();
  }

  @Override
  public FinderCounts counts() {
    return finder.counts();
  }

  @Override
  public void close() {
    finder.close();
  }
}
