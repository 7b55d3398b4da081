// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.FaceImage;
import io.emotionstream.schemas.ImageEncoding;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of writing and of reading one frame of 48x48 gray pixels.
 *
 * <p>{@code benchmarks/run Encoding}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EncodingBenchmark {
  private final AvroSerde<SpecificRecord> serde =
      AvroSerde.of(FaceFrame.class, CameraHeartbeat.class);
  private final FaceFrame frame =
      FaceFrame.newBuilder()
          .setFrameId("cam-1-mi0w-7")
          .setCameraId("cam-1")
          .setSequence(7)
          .setCapturedAt(Instant.EPOCH)
          .setImage(new FaceImage(ImageEncoding.GRAY8, 48, 48, ByteBuffer.allocate(48 * 48)))
          .build();
  private final byte[] bytes = serde.encode(frame);

  @Benchmark
  public byte[] encode() {
    return serde.encode(frame);
  }

  @Benchmark
  public SpecificRecord decode() {
    return serde.decode(bytes);
  }
}
