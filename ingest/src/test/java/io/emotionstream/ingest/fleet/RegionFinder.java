// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.video.FaceFinder;
import io.emotionstream.ingest.video.FinderCounts;
import io.emotionstream.ingest.video.FoundFace;
import io.emotionstream.ingest.video.VideoFrame;
import io.emotionstream.schemas.BoundingBox;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the middle of each picture for a face: what detects is somebody else's test. */
final class RegionFinder implements FaceFinder {
  private static final int SIDE = 16;

  private final String camera;
  private volatile long frames;

  RegionFinder(String camera) {
    this.camera = camera;
  }

  @Override
  public List<FoundFace> find(VideoFrame frame) {
    frames++;
    int left = (frame.width() - SIDE) / 2;
    int top = (frame.height() - SIDE) / 2;
    byte[] crop = new byte[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        crop[y * SIDE + x] = frame.gray().get((top + y) * frame.width() + left + x);
      }
    }
    FaceImage image = new FaceImage(ImageEncoding.GRAY8, SIDE, SIDE, ByteBuffer.wrap(crop));
    BoundingBox box = new BoundingBox(left, top, SIDE, SIDE);
    return List.of(new FoundFace(image, box, 1, Optional.of(camera + "-middle")));
  }

  @Override
  public List<BoundingBox> places() {
    return List.of();
  }

  @Override
  public FinderCounts counts() {
    return new FinderCounts(frames, frames, Math.min(1, frames), 1, Map.of());
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
