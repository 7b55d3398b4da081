// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks;

import io.emotionstream.model.FaceDecoder;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.InvalidFaceException;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of turning one face crop into network input, by encoding and size.
 *
 * <p>{@code benchmarks/run Normalization}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class NormalizationBenchmark {
  @Param({"GRAY8", "PNG", "JPEG"})
  ImageEncoding encoding = ImageEncoding.GRAY8;

  @Param({"48", "160"})
  int side;

  private final FaceDecoder decoder = new FaceDecoder(FaceDecoder.DEFAULT_MAX_SIDE);
  private FaceImage image = new FaceImage();

  /** Draws the crop from a fixed seed: the same in every fork. */
  @Setup
  public void drawFace() throws IOException {
    byte[] pixels = new byte[side * side];
    new Random(1).nextBytes(pixels);
    byte[] data = encoding == ImageEncoding.GRAY8 ? pixels : encode(pixels);
    image = new FaceImage(encoding, side, side, ByteBuffer.wrap(data));
  }

  @Benchmark
  public float[] normalize() throws InvalidFaceException {
    return FaceNormalizer.normalize(decoder.decode(image));
  }

  private byte[] encode(byte[] pixels) throws IOException {
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setDataElements(0, 0, side, side, pixels);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, encoding.name(), out);
    return out.toByteArray();
  }
}
