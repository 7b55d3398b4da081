// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import io.emotionstream.datasets.synthetic.FaceStatistics;
import io.emotionstream.datasets.synthetic.SyntheticFaces;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Drawn faces with their drawn labels.
 *
 * <p>Each camera draws from its own generator, seeded with the seed, the source's position among
 * those of the run and the camera's in the source: its faces do not depend on the other cameras and
 * are not theirs. Half of its faces, by chance, are of the camera's own mood, in the order {@link
 * #MOODS}; the others are of all seven classes alike. So cameras differ, and each shows every
 * class.
 */
final class SyntheticSource implements FaceSource {
  /** The mood of camera i is the one at i modulo their number. */
  static final List<Emotion> MOODS =
      List.of(
          Emotion.HAPPY,
          Emotion.NEUTRAL,
          Emotion.SURPRISE,
          Emotion.SAD,
          Emotion.ANGRY,
          Emotion.FEAR,
          Emotion.DISGUST);

  private static final Emotion[] CLASSES = Emotion.values();

  private final SyntheticFaces faces;
  private final List<RandomGenerator> randoms;
  private long left;

  private SyntheticSource(
      SourceSpec.Synthetic spec, int position, int cameras, SyntheticFaces faces) {
    this.faces = faces;
    this.randoms =
        IntStream.range(0, cameras)
            .mapToObj(camera -> random(spec.seed(), position, camera))
            .toList();
    this.left = spec.count().orElse(Long.MAX_VALUE); // as good as endless
  }

  static SyntheticSource open(SourceSpec.Synthetic spec, int position, int cameras) {
    try {
      return new SyntheticSource(spec, position, cameras, SyntheticFaces.shipped());
    } catch (IOException e) {
      throw new SourceException(spec.uri(), String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public int cameras() {
    return randoms.size();
  }

  @Override
  public Optional<FaceCrop> next(int camera) {
    if (left == 0) {
      return Optional.empty();
    }
    left--;
    RandomGenerator random = randoms.get(camera);
    Emotion label =
        random.nextBoolean()
            ? MOODS.get(camera % MOODS.size())
            : CLASSES[random.nextInt(CLASSES.length)];
    ByteBuffer pixels = ByteBuffer.wrap(faces.draw(label.ordinal(), random));
    return Optional.of(
        new FaceCrop(
            new FaceImage(ImageEncoding.GRAY8, FaceStatistics.SIDE, FaceStatistics.SIDE, pixels),
            Optional.of(label)));
  }

  @Override
  public void close() {
    // Holds nothing open.
  }

  /** Mixes before each addition, so that neighbours among seeds and places share no stream. */
  private static RandomGenerator random(long seed, int position, int camera) {
    return new SplittableRandom(mix(mix(seed) + position) + camera);
  }

  private static long mix(long value) {
    return new SplittableRandom(value).nextLong();
  }
}
