// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.baseline;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.evaluate.Subject;
import io.emotionstream.trainer.synthetic.PrincipalComponents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * k nearest neighbours among the training faces, by Euclidean distance between the coordinates of
 * faces on their principal components ("eigenfaces", Turk and Pentland 1991).
 *
 * <p>Faces are made alike in brightness and contrast first. The answer is the share of the votes of
 * the neighbours, each class with {@value #PRIOR} vote more than it has.
 */
final class NearestNeighbors implements Baseline.Candidate {
  private static final int[] COMPONENTS = {32, 64, 128};
  private static final int[] NEIGHBORS = {1, 5, 10, 20, 40};
  private static final float PRIOR = 0.1f;

  private final PrincipalComponents components;
  private final int dimensions;
  private final int neighbors;
  private final Neighborhood training;

  private NearestNeighbors(
      PrincipalComponents components, int dimensions, int neighbors, Neighborhood training) {
    this.components = components;
    this.dimensions = dimensions;
    this.neighbors = neighbors;
    this.training = training;
  }

  /** Returns classifiers with all settings that are to be tried. */
  static List<NearestNeighbors> candidates(FaceSet training) {
    float[][] faces =
        training.faces().stream()
            .map(face -> standardized(face.normalized()))
            .toArray(float[][]::new);
    int[] labels = training.faces().stream().mapToInt(LabeledFace::label).toArray();
    int most = Math.min(COMPONENTS[COMPONENTS.length - 1], faces.length);
    PrincipalComponents components = PrincipalComponents.of(faces, most);
    float[][] coordinates = Arrays.stream(faces).map(components::project).toArray(float[][]::new);
    List<NearestNeighbors> candidates = new ArrayList<>();
    for (int dimensions : COMPONENTS) {
      if (dimensions <= most) {
        Neighborhood neighborhood = new Neighborhood(first(coordinates, dimensions), labels);
        for (int neighbors : NEIGHBORS) {
          candidates.add(new NearestNeighbors(components, dimensions, neighbors, neighborhood));
        }
      }
    }
    return candidates;
  }

  @Override
  public Subject subject() {
    long stored = (long) dimensions * training.size();
    return new Subject(
        modelId(),
        "knn-pca",
        stored + (long) dimensions * FaceNormalizer.PIXELS,
        stored + (long) dimensions * FaceNormalizer.PIXELS,
        Map.of(
            "neighbors", Integer.toString(neighbors),
            "components", Integer.toString(dimensions),
            "trainingFaces", Integer.toString(training.size())));
  }

  @Override
  public String modelId() {
    return "knn-pca-k%d-d%d".formatted(neighbors, dimensions);
  }

  @Override
  public float[][] classify(float[][] faces) {
    float[][] coordinates =
        Arrays.stream(faces)
            .map(face -> components.project(standardized(face)))
            .toArray(float[][]::new);
    int[][] votes = training.votes(first(coordinates, dimensions), neighbors);
    return Arrays.stream(votes).map(this::shares).toArray(float[][]::new);
  }

  @Override
  public void close() {}

  private float[] shares(int[] votes) {
    float[] shares = new float[votes.length];
    for (int label = 0; label < shares.length; label++) {
      shares[label] = (votes[label] + PRIOR) / (neighbors + votes.length * PRIOR);
    }
    return shares;
  }

  private static float[][] first(float[][] coordinates, int dimensions) {
    return Arrays.stream(coordinates)
        .map(face -> Arrays.copyOf(face, dimensions))
        .toArray(float[][]::new);
  }

  /** Returns a face with mean 0 and standard deviation 1; a blank one becomes all 0. */
  static float[] standardized(float[] face) {
    double mean = 0;
    for (float pixel : face) {
      mean += pixel / face.length;
    }
    double variance = 0;
    for (float pixel : face) {
      variance += (pixel - mean) * (pixel - mean) / face.length;
    }
    double scale = variance > 1e-8 ? 1 / Math.sqrt(variance) : 0;
    float[] standardized = new float[face.length];
    for (int i = 0; i < face.length; i++) {
      standardized[i] = (float) ((face[i] - mean) * scale);
    }
    return standardized;
  }

  /** Labelled points, searched exhaustively: distances to all of them are one matrix product. */
  private static final class Neighborhood {
    private final float[][] points;
    private final float[] squares;
    private final int[] labels;

    Neighborhood(float[][] points, int[] labels) {
      this.points = points;
      this.labels = labels;
      squares = new float[points.length];
      for (int i = 0; i < points.length; i++) {
        for (float value : points[i]) {
          squares[i] += value * value;
        }
      }
    }

    int size() {
      return points.length;
    }

    /** Returns how many of the {@code count} nearest points have each label, for each query. */
    int[][] votes(float[][] queries, int count) {
      float[][] products;
      try (INDArray all = Nd4j.create(points);
          INDArray some = Nd4j.create(queries);
          INDArray product = Nd4j.gemm(some, all, false, true)) {
        products = product.toFloatMatrix();
      }
      return Arrays.stream(products).map(row -> votes(row, count)).toArray(int[][]::new);
    }

    private int[] votes(float[] products, int count) {
      // |q - p|^2 without |q|^2, which is the same for all points.
      float[] distances = new float[products.length];
      for (int i = 0; i < distances.length; i++) {
        distances[i] = squares[i] - 2 * products[i];
      }
      float[] sorted = distances.clone();
      Arrays.sort(sorted);
      float farthest = sorted[Math.min(count, sorted.length) - 1];
      int[] votes = new int[Emotions.COUNT];
      int left = count;
      for (int i = 0; i < distances.length && left > 0; i++) {
        if (distances[i] <= farthest) {
          votes[labels[i]]++;
          left--;
        }
      }
      return votes;
    }
  }
}
