// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.datasets.synthetic.FaceStatistics;
import io.emotionstream.datasets.synthetic.SyntheticFaces;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.utils.Utils;

/** Frames of drawn faces, 48x48 gray pixels; the same pictures come again and again. */
final class Frames {
  private static final int PICTURES = 512;

  private final List<ByteBuffer> pictures = new ArrayList<>(PICTURES);

  private Frames() {}

  /** Draws the pictures. */
  static Frames draw(long seed) throws IOException {
    Frames frames = new Frames();
    SyntheticFaces faces = SyntheticFaces.shipped();
    SplittableRandom random = new SplittableRandom(seed);
    int labels = Emotion.values().length;
    for (int i = 0; i < PICTURES; i++) {
      frames.pictures.add(ByteBuffer.wrap(faces.draw(i % labels, random)));
    }
    return frames;
  }

  /** Returns a frame with an id of its own. */
  FaceFrame frame(String camera, long number, Instant capturedAt) {
    ByteBuffer pixels = pictures.get((int) (number % PICTURES)).duplicate();
    return FaceFrame.newBuilder()
        .setFrameId(camera + "-" + number)
        .setCameraId(camera)
        .setSequence(number)
        .setCapturedAt(capturedAt)
        .setImage(
            new FaceImage(ImageEncoding.GRAY8, FaceStatistics.SIDE, FaceStatistics.SIDE, pixels))
        .build();
  }

  /** Returns ids that Kafka's partitioner spreads evenly: camera i goes to partition i modulo. */
  static List<String> cameras(int count, int partitions) {
    List<String> cameras = new ArrayList<>(count);
    for (int number = 0; cameras.size() < count; number++) {
      String id = "camera-" + number;
      byte[] key = id.getBytes(StandardCharsets.UTF_8);
      if (Utils.toPositive(Utils.murmur2(key)) % partitions == cameras.size() % partitions) {
        cameras.add(id);
      }
    }
    return cameras;
  }
}
