// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import io.emotionstream.ingest.detect.Landmarks.Point;
import io.emotionstream.ingest.detect.Tiles.Tile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * MediaPipe's full-range BlazeFace, run by OpenCV. {@code face_detection_full_range.txt} beside the
 * model says where it comes from, what its licence is and what its numbers mean.
 *
 * <p>It sees pictures in 192 x 192 pixels, so a large one is also shown to it in {@link Tiles}. It
 * was trained on colour; gray costs it some score, which is why {@link #KEPT_SCORE} is low.
 */
final class BlazeFaceDetector implements FaceDetector {
  private static final String MODEL = "face_detection_full_range.tflite";
  private static final int SIDE = 192;
  private static final int CELLS = 48;
  private static final int ANCHORS = CELLS * CELLS;
  private static final int VALUES = 16;

  /** The smallest face that it finds reliably, in pixels of its input. */
  private static final double SMALLEST = 14;

  /** Part of a tile that a face is no longer than if it is to be whole, or nearly, in one. */
  private static final double WHOLE_IN_TILE = 0.25;

  /** Below this most are none; a track may still go on with one. */
  private static final double KEPT_SCORE = 0.35;

  private static final double SURE_SCORE = 0.6;
  private static final double KEPT_LOGIT = Math.log(KEPT_SCORE / (1 - KEPT_SCORE));

  private final Net net;
  private final StringVector outputs;
  private final Mat canvas;
  private final Mat input;
  private final Mat[] channels = new Mat[3];
  private boolean closed;

  BlazeFaceDetector() {
    OpenCv.load();
    byte[] model = model();
    try (BytePointer bytes = new BytePointer(model)) {
      net = opencv_dnn.readNetFromTFLite(bytes, model.length);
    }
    outputs = net.getUnconnectedOutLayersNames();
    canvas = new Mat(SIDE, SIDE, opencv_core.CV_8UC1);
    input = new Mat(new int[] {1, channels.length, SIDE, SIDE}, opencv_core.CV_32F);
    for (int i = 0; i < channels.length; i++) {
      BytePointer plane = input.data().getPointer((long) i * SIDE * SIDE * Float.BYTES);
      channels[i] = new Mat(SIDE, SIDE, opencv_core.CV_32FC1, plane);
    }
  }

  private static byte[] model() {
    try (InputStream in = BlazeFaceDetector.class.getResourceAsStream(MODEL)) {
      if (in == null) {
        throw new IllegalStateException(MODEL + " is missing from the class path: build it anew");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + MODEL + ": " + e.getMessage(), e);
    }
  }

  @Override
  public double sureScore() {
    return SURE_SCORE;
  }

  @Override
  @SuppressWarnings("try") // the scope frees what is made in it
  public List<DetectedFace> detect(GrayPicture picture, int minFaceSize) {
    List<DetectedFace> faces = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      Mat gray = OpenCv.view(picture);
      double side = SIDE * minFaceSize / SMALLEST;
      List<Tile> tiles = Tiles.of(picture.width(), picture.height(), side);
      detect(gray, tiles.get(0), faces);
      if (tiles.size() > 1) {
        faces.removeIf(face -> isSeenBetterBy(tiles.get(1), face));
        for (Tile tile : tiles.subList(1, tiles.size())) {
          detect(gray, tile, faces);
        }
      }
    }
    return Overlaps.blend(faces);
  }

  /** Returns whether tiles show such a face whole, and larger: then what they say counts. */
  private static boolean isSeenBetterBy(Tile tile, DetectedFace face) {
    double size = Math.max(face.box().width(), face.box().height());
    return size < WHOLE_IN_TILE * Math.min(tile.width(), tile.height());
  }

  /** Shows {@code tile} to the network, in the middle of a black square. */
  @SuppressWarnings("try")
  private void detect(Mat gray, Tile tile, List<DetectedFace> faces) {
    double scale = (double) SIDE / Math.max(tile.width(), tile.height());
    int width = Math.max(1, (int) Math.round(tile.width() * scale));
    int height = Math.max(1, (int) Math.round(tile.height() * scale));
    int left = (SIDE - width) / 2;
    int top = (SIDE - height) / 2;
    try (PointerScope scope = new PointerScope()) {
      Mat part = new Mat(gray, new Rect(tile.x(), tile.y(), tile.width(), tile.height()));
      canvas.put(Scalar.all(0));
      Mat target = new Mat(canvas, new Rect(left, top, width, height));
      opencv_imgproc.resize(part, target, new Size(width, height), 0, 0, interpolation(scale));
      canvas.convertTo(channels[0], opencv_core.CV_32F, 2 / 255.0, -1);
      channels[0].copyTo(channels[1]);
      channels[0].copyTo(channels[2]);
      net.setInput(input);
      MatVector results = new MatVector();
      net.forward(results, outputs);
      read(results, new Frame(left, top, scale, tile), faces);
    }
  }

  private static int interpolation(double scale) {
    return scale < 1 ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR;
  }

  private static void read(MatVector results, Frame frame, List<DetectedFace> faces) {
    FloatPointer logits = values(results, 1);
    FloatPointer boxes = values(results, VALUES);
    float[] values = new float[VALUES];
    for (int i = 0; i < ANCHORS; i++) {
      double logit = logits.get(i);
      if (logit >= KEPT_LOGIT) { // false for NaN
        boxes.position((long) i * VALUES).get(values);
        if (values[2] > 0 && values[3] > 0) {
          faces.add(face(logit, values, i, frame));
        }
      }
    }
  }

  /** Returns the output with this many values for each anchor. */
  private static FloatPointer values(MatVector results, int perAnchor) {
    for (long i = 0; i < results.size(); i++) {
      Mat result = results.get(i);
      if (result.total() == (long) ANCHORS * perAnchor) {
        return new FloatPointer(result.data());
      }
    }
    throw new IllegalStateException(
        "%s has no output of %d x %d values".formatted(MODEL, ANCHORS, perAnchor));
  }

  private static DetectedFace face(double logit, float[] values, int anchor, Frame frame) {
    double cell = (double) SIDE / CELLS;
    int column = anchor % CELLS;
    int row = anchor / CELLS;
    double x = (column + 0.5) * cell;
    double y = (row + 0.5) * cell;
    Box box =
        Box.around(
            frame.x(x + values[0]),
            frame.y(y + values[1]),
            values[2] / frame.scale,
            values[3] / frame.scale);
    Point[] points = new Point[6];
    for (int i = 0; i < points.length; i++) {
      points[i] = new Point(frame.x(x + values[4 + 2 * i]), frame.y(y + values[5 + 2 * i]));
    }
    Landmarks landmarks =
        new Landmarks(points[0], points[1], points[2], points[3], points[4], points[5]);
    return new DetectedFace(box, 1 / (1 + Math.exp(-logit)), landmarks);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (Mat channel : channels) {
        channel.close();
      }
      input.close();
      canvas.close();
      outputs.close();
      net.close();
    }
  }

  /** How the network's square lies in the picture. */
  private record Frame(int left, int top, double scale, Tile tile) {
    double x(double inSquare) {
      return (inSquare - left) / scale + tile.x();
    }

    double y(double inSquare) {
      return (inSquare - top) / scale + tile.y();
    }
  }
}
