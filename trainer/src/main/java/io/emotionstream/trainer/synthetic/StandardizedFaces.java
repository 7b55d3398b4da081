// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.synthetic;

import io.emotionstream.datasets.synthetic.FaceStatistics;
import io.emotionstream.datasets.synthetic.Spread;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import java.util.ArrayList;
import java.util.List;

/**
 * Faces of mean 0 and standard deviation 1, with their brightness and contrast kept apart.
 *
 * <p>Constant and nearly blank pictures, whose gray levels deviate by less than {@value
 * #MIN_DEVIATION}, are left out.
 *
 * @param pixels {@link FaceStatistics#PIXELS} values for each face
 * @param labels class of each face, 0 to 6
 * @param brightness mean gray level
 * @param logContrast natural logarithm of the standard deviation of the gray levels
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries numbers
record StandardizedFaces(float[][] pixels, int[] labels, Spread brightness, Spread logContrast) {
  static final double MIN_DEVIATION = 10;

  static StandardizedFaces of(FaceSet faces) {
    List<float[]> pixels = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<Double> levels = new ArrayList<>();
    List<Double> contrasts = new ArrayList<>();
    for (LabeledFace face : faces.faces()) {
      double mean = mean(face.pixels());
      double deviation = deviation(face.pixels(), mean);
      if (deviation >= MIN_DEVIATION) {
        pixels.add(standardize(face.pixels(), mean, deviation));
        labels.add(face.emotion().ordinal());
        levels.add(mean);
        contrasts.add(Math.log(deviation));
      }
    }
    return new StandardizedFaces(
        pixels.toArray(float[][]::new),
        labels.stream().mapToInt(Integer::intValue).toArray(),
        spread(levels),
        spread(contrasts));
  }

  int size() {
    return labels.length;
  }

  private static double mean(byte[] pixels) {
    double sum = 0;
    for (byte pixel : pixels) {
      sum += pixel & 0xFF;
    }
    return sum / pixels.length;
  }

  private static double deviation(byte[] pixels, double mean) {
    double squares = 0;
    for (byte pixel : pixels) {
      double difference = (pixel & 0xFF) - mean;
      squares += difference * difference;
    }
    return Math.sqrt(squares / pixels.length);
  }

  private static float[] standardize(byte[] pixels, double mean, double deviation) {
    float[] face = new float[pixels.length];
    for (int i = 0; i < face.length; i++) {
      face[i] = (float) (((pixels[i] & 0xFF) - mean) / deviation);
    }
    return face;
  }

  private static Spread spread(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double variance =
        values.stream().mapToDouble(value -> (value - mean) * (value - mean)).average().orElse(0);
    return new Spread((float) mean, (float) Math.sqrt(variance));
  }
}
