// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_java;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

/**
 * OpenCV's frontal cascade "alt2" (Viola and Jones 2001, Lienhart 2002), which the OpenCV jar ships
 * under its BSD-style licence. Its score grows with the number of windows that agree.
 */
final class CascadeDetector implements FaceDetector {
  private static final String CASCADE =
      Loader.getPlatform() + "/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml";

  /** From one size of window to the next: 1.1 finds more, and takes twice as long as 1.2. */
  private static final double SCALE_STEP = 1.1;

  private static final int MIN_AGREEING = 3;

  /** Windows that give half of the score. */
  private static final double HALF_SCORE = 6;

  private static final double SURE_SCORE = 0.5;

  /** A longer picture is reduced to this many times the smallest face, which bounds the time. */
  private static final int MAX_FACES_A_SIDE = 40;

  private static final int WINDOW = 20;

  // Makes its boxes like those of BlazeFaceDetector, so that crops look alike.
  private static final double SMALLER = 0.92;
  private static final double LOWER = 0.08;

  private final CascadeClassifier cascade;
  private boolean closed;

  CascadeDetector() {
    OpenCv.load();
    try {
      File file = Loader.cacheResource(opencv_java.class, CASCADE);
      cascade = new CascadeClassifier(file.getPath());
    } catch (IOException e) {
      throw new IllegalStateException("cannot unpack " + CASCADE + ": " + e.getMessage(), e);
    }
    if (cascade.empty()) {
      throw new IllegalStateException("cannot read " + CASCADE);
    }
  }

  @Override
  public double sureScore() {
    return SURE_SCORE;
  }

  @Override
  @SuppressWarnings("try") // the scope frees what is made in it
  public List<DetectedFace> detect(GrayPicture picture, int minFaceSize) {
    // Its window is 20 pixels, but what it finds is steadier with some more.
    double scale = Math.min(1, 1.6 * WINDOW / minFaceSize);
    int longSide = Math.max(picture.width(), picture.height());
    scale = Math.min(scale, (double) MAX_FACES_A_SIDE * WINDOW / longSide);
    int width = Math.max(1, (int) Math.round(picture.width() * scale));
    int height = Math.max(1, (int) Math.round(picture.height() * scale));
    int smallest = Math.max(WINDOW, (int) (minFaceSize * scale * 0.9));
    if (Math.min(width, height) < smallest) {
      return List.of();
    }
    try (PointerScope scope = new PointerScope()) {
      Mat small = new Mat();
      opencv_imgproc.resize(
          OpenCv.view(picture), small, new Size(width, height), 0, 0, opencv_imgproc.INTER_AREA);
      opencv_imgproc.equalizeHist(small, small);
      RectVector boxes = new RectVector();
      IntPointer agreeing = new IntPointer();
      cascade.detectMultiScale2(
          small,
          boxes,
          agreeing,
          SCALE_STEP,
          MIN_AGREEING,
          0,
          new Size(smallest, smallest),
          new Size());
      return faces(boxes, agreeing, scale);
    }
  }

  private static List<DetectedFace> faces(RectVector boxes, IntPointer agreeing, double scale) {
    List<DetectedFace> faces = new ArrayList<>();
    for (long i = 0; i < boxes.size(); i++) {
      Rect rect = boxes.get(i);
      Box box = face(new Box(rect.x(), rect.y(), rect.width(), rect.height()), scale);
      int count = agreeing.get(i);
      faces.add(new DetectedFace(box, count / (count + HALF_SCORE), null));
    }
    faces.sort(Comparator.comparingDouble(DetectedFace::score).reversed());
    return faces;
  }

  /** The cascade's windows are larger than a face, and reach higher. */
  private static Box face(Box window, double scale) {
    return Box.around(
        window.centerX() / scale,
        (window.centerY() + LOWER * window.height()) / scale,
        window.width() * SMALLER / scale,
        window.height() * SMALLER / scale);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      cascade.close();
    }
  }
}
