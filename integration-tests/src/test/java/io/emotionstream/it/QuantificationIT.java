// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.classifier.quantify.Quantification;
import io.emotionstream.classifier.quantify.Quantifier;
import io.emotionstream.classifier.quantify.Quantifier.Observation;
import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.Calibration;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.testkit.RequiresFer2013;
import io.emotionstream.testkit.TestData;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.Fer2013;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.data.StratifiedSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Corrected shares are nearer to the truth than counted ones, for the shipped model on mixes of
 * PublicTest's faces whose classes are shared out otherwise than in calibration.
 *
 * <p>The confusion is the bundle's; for a bundle without a calibration it is measured here, on the
 * faces that its training held out.
 */
@RequiresFer2013
class QuantificationIT {
  private static final long SEED = 42;
  private static final int MIXES = 200;
  private static final double VALIDATION_SHARE = 0.1;
  private static final int BATCH = 32;

  @Test
  void correctedSharesAreNearerToTheTruthThanCountedOnes() throws Exception {
    ModelBundle bundle = ModelBundle.shipped();
    Fer2013 data = Fer2013.read(TestData.requireFer2013Csv());
    try (EmotionClassifier classifier = bundle.newClassifier()) {
      long[][] confusion = confusion(bundle, data, classifier);
      List<List<Integer>> predictions =
          predictionsByTruth(classifier, data.split(Usage.PUBLIC_TEST));

      for (int faces : new int[] {10, 30, 100, 300, 1000}) {
        Errors errors = errors(confusion, predictions, faces);
        System.out.printf(
            "model %s, PublicTest, %d mixes of %d faces, seed %d: mean absolute error of a share"
                + " %.4f counted, %.4f corrected%n",
            bundle.modelId(), MIXES, faces, SEED, errors.counted, errors.corrected);
        assertThat(errors.corrected).as(faces + " faces").isLessThan(errors.counted);
      }
    }
  }

  private record Errors(double counted, double corrected) {}

  private static Errors errors(long[][] confusion, List<List<Integer>> predictions, int faces) {
    SplittableRandom random = new SplittableRandom(SEED);
    double counted = 0;
    double corrected = 0;
    for (int mix = 0; mix < MIXES; mix++) {
      double[] shares = drawShares(random);
      double[] truth = new double[Emotions.COUNT];
      long[] counts = new long[Emotions.COUNT];
      for (int face = 0; face < faces; face++) {
        int label = drawLabel(shares, random);
        List<Integer> ofLabel = predictions.get(label);
        truth[label] += 1.0 / faces;
        counts[ofLabel.get(random.nextInt(ofLabel.size()))]++;
      }
      Quantification found =
          Quantifier.standard().estimate(List.of(new Observation(counts, confusion)), faces);
      for (int label = 0; label < Emotions.COUNT; label++) {
        double share = (double) counts[label] / faces;
        counted += Math.abs(share - truth[label]) / Emotions.COUNT / MIXES;
        corrected += Math.abs(found.share(label) - truth[label]) / Emotions.COUNT / MIXES;
      }
    }
    return new Errors(counted, corrected);
  }

  /** Any shares are as likely as any others: a flat Dirichlet distribution. */
  private static double[] drawShares(SplittableRandom random) {
    double[] shares = new double[Emotions.COUNT];
    double sum = 0;
    for (int label = 0; label < shares.length; label++) {
      shares[label] = -Math.log(1 - random.nextDouble());
      sum += shares[label];
    }
    for (int label = 0; label < shares.length; label++) {
      shares[label] /= sum;
    }
    return shares;
  }

  private static int drawLabel(double[] shares, SplittableRandom random) {
    double left = random.nextDouble();
    int label = 0;
    while (label < shares.length - 1 && (left -= shares[label]) > 0) {
      label++;
    }
    return label;
  }

  private static long[][] confusion(
      ModelBundle bundle, Fer2013 data, EmotionClassifier classifier) {
    Calibration calibration = bundle.manifest().calibration();
    if (calibration != null) {
      return calibration.confusionMatrix();
    }
    long seed = Long.parseLong(requireNonNull(bundle.manifest().provenance().get("seed")));
    FaceSet heldOut =
        StratifiedSplit.of(data.split(Usage.TRAINING), VALIDATION_SHARE, seed).validation();
    long[][] confusion = new long[Emotions.COUNT][Emotions.COUNT];
    List<List<Integer>> predictions = predictionsByTruth(classifier, heldOut);
    for (int truth = 0; truth < Emotions.COUNT; truth++) {
      for (int prediction : predictions.get(truth)) {
        confusion[truth][prediction]++;
      }
    }
    return confusion;
  }

  private static List<List<Integer>> predictionsByTruth(
      EmotionClassifier classifier, FaceSet faces) {
    List<List<Integer>> predictions = new ArrayList<>();
    for (int label = 0; label < Emotions.COUNT; label++) {
      predictions.add(new ArrayList<>());
    }
    for (int from = 0; from < faces.size(); from += BATCH) {
      List<LabeledFace> batch = faces.faces().subList(from, Math.min(from + BATCH, faces.size()));
      float[][] answers =
          classifier.classify(batch.stream().map(LabeledFace::normalized).toArray(float[][]::new));
      for (int i = 0; i < answers.length; i++) {
        int prediction = Emotions.ALL.indexOf(Emotions.top1(answers[i]));
        predictions.get(batch.get(i).label()).add(prediction);
      }
    }
    return predictions;
  }
}
