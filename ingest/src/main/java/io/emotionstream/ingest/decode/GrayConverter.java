// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_POINT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Turns decoded pictures of any pixel format into gray from 0 to 255, shrunk where they are large.
 * One buffer serves all pictures.
 */
final class GrayConverter implements AutoCloseable {
  /** The scaler may write a little past the end of a row. */
  private static final int PADDING = 64;

  private static final int ONE = 1 << 16;

  private final PointerPointer<Pointer> planes = new PointerPointer<>(4);
  private final IntPointer strides = new IntPointer(4);
  private @Nullable SwsContext context;
  private @Nullable BytePointer pixels;
  private long toldContext;
  private int toldRange;

  ByteBuffer convert(AVFrame frame, PictureSize size) throws StreamException {
    boolean same = size.shrink() == 1;
    context =
        sws_getCachedContext(
            context,
            frame.width(),
            frame.height(),
            frame.format(),
            size.width(),
            size.height(),
            AV_PIX_FMT_GRAY8,
            same ? SWS_POINT : SWS_AREA,
            null,
            null,
            (DoublePointer) null);
    if (context == null) {
      throw new StreamException("its pictures are of a pixel format that cannot be converted");
    }
    tellRange(context, frame.color_range() == AVCOL_RANGE_JPEG ? 1 : 0);
    int bytes = Math.multiplyExact(size.width(), size.height());
    BytePointer target = pixels(bytes);
    planes.put(0, target);
    for (int i = 1; i < 4; i++) {
      planes.put(i, (Pointer) null);
      strides.put(i, 0);
    }
    strides.put(0, size.width());
    int rows =
        sws_scale(context, frame.data(), frame.linesize(), 0, frame.height(), planes, strides);
    if (rows != size.height()) {
      throw new StreamException("its pictures cannot be converted to gray");
    }
    return target.position(0).limit(bytes).asByteBuffer();
  }

  /** Formats that are always of full range, such as gray or RGB, ignore what they are told. */
  private void tellRange(SwsContext context, int range) {
    if (context.address() != toldContext || range != toldRange) {
      IntPointer coefficients = sws_getCoefficients(SWS_CS_DEFAULT);
      sws_setColorspaceDetails(context, coefficients, range, coefficients, 1, 0, ONE, ONE);
      toldContext = context.address();
      toldRange = range;
    }
  }

  private BytePointer pixels(int bytes) {
    if (pixels == null || pixels.capacity() < bytes + PADDING) {
      if (pixels != null) {
        pixels.close();
      }
      pixels = new BytePointer(bytes + PADDING);
    }
    return pixels;
  }

  @Override
  public void close() {
    if (context != null) {
      sws_freeContext(context);
    }
    if (pixels != null) {
      pixels.close();
    }
    planes.close();
    strides.close();
  }
}
