// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.baseline;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import io.emotionstream.model.Emotions;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.evaluate.Subject;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/**
 * A linear support vector machine for each class against the others, on {@link Hog} features, by
 * LIBLINEAR (Fan et al. 2008).
 *
 * <p>The answer is the softmax of the machines' decision values, which is no probability before it
 * is calibrated.
 */
final class LinearSvm implements Baseline.Candidate {
  private static final double[] COSTS = {0.01, 0.1, 1};
  private static final double BIAS = 1;
  private static final double TOLERANCE = 0.1; // LIBLINEAR's own default for this solver
  private static final long SEED = 42;

  private final Model model;
  private final double cost;
  private final int trainingFaces;
  private final FeatureNodes nodes;

  private LinearSvm(Model model, double cost, int trainingFaces, FeatureNodes nodes) {
    this.model = model;
    this.cost = cost;
    this.trainingFaces = trainingFaces;
    this.nodes = nodes;
  }

  /**
   * Returns classifiers with all settings that are to be tried, each fitted when it is its turn.
   */
  static Iterable<LinearSvm> candidates(FaceSet training) {
    Linear.disableDebugOutput();
    FeatureNodes nodes = new FeatureNodes();
    Problem problem = new Problem();
    problem.l = training.size();
    problem.n = Hog.LENGTH + 1;
    problem.bias = BIAS;
    problem.y = training.faces().stream().mapToDouble(LabeledFace::label).toArray();
    problem.x =
        training.faces().stream()
            .map(face -> nodes.of(Hog.of(face.normalized())))
            .toArray(Feature[][]::new);
    return () -> Arrays.stream(COSTS).mapToObj(cost -> fit(problem, cost, nodes)).iterator();
  }

  private static LinearSvm fit(Problem problem, double cost, FeatureNodes nodes) {
    Parameter parameter = new Parameter(SolverType.L2R_L2LOSS_SVC_DUAL, cost, TOLERANCE);
    parameter.setRandom(new Random(SEED));
    return new LinearSvm(Linear.train(problem, parameter), cost, problem.l, nodes);
  }

  @Override
  public Subject subject() {
    long weights = (long) Emotions.COUNT * (Hog.LENGTH + 1);
    return new Subject(
        modelId(),
        "svm-hog",
        weights,
        weights,
        Map.of("cost", Double.toString(cost), "trainingFaces", Integer.toString(trainingFaces)));
  }

  @Override
  public String modelId() {
    return "svm-hog-c" + cost;
  }

  @Override
  public float[][] classify(float[][] faces) {
    return Arrays.stream(faces).map(face -> answer(Hog.of(face))).toArray(float[][]::new);
  }

  @Override
  public void close() {}

  private float[] answer(float[] features) {
    double[] decisions = new double[model.getNrClass()];
    Linear.predictValues(model, nodes.of(features), decisions);
    double greatest = Arrays.stream(decisions).max().orElseThrow();
    double sum = 0;
    for (int i = 0; i < decisions.length; i++) {
      decisions[i] = Math.exp(decisions[i] - greatest);
      sum += decisions[i];
    }
    float[] answer = new float[Emotions.COUNT];
    for (int i = 0; i < decisions.length; i++) {
      answer[model.getLabels()[i]] = (float) (decisions[i] / sum);
    }
    return answer;
  }

  /**
   * LIBLINEAR wants an object for each value of each face: 650 MB for FER-2013. Values are rounded
   * to {@value #LEVELS} levels, so that faces share their objects.
   */
  private static final class FeatureNodes {
    private static final int LEVELS = 512;

    private final Feature[][] byIndex = new Feature[Hog.LENGTH][LEVELS + 1];
    private final Feature bias = new FeatureNode(Hog.LENGTH + 1, BIAS);

    FeatureNodes() {
      for (int i = 0; i < Hog.LENGTH; i++) {
        for (int level = 0; level <= LEVELS; level++) {
          byIndex[i][level] = new FeatureNode(i + 1, (double) level / LEVELS);
        }
      }
    }

    Feature[] of(float[] features) {
      Feature[] nodes = new Feature[features.length + 1];
      for (int i = 0; i < features.length; i++) {
        nodes[i] = byIndex[i][Math.round(Math.min(1, features[i]) * LEVELS)];
      }
      nodes[features.length] = bias;
      return nodes;
    }
  }
}
