// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.trainer.data.FoundFace;
import io.emotionstream.trainer.synthetic.PrincipalComponents;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All that was found out about a data set.
 *
 * @param dataset the faces; positions below are positions in its list
 * @param measures of each face
 * @param copies exact duplicates
 * @param nearCorrelation least correlation of near duplicates
 * @param nearPairs near duplicates; of exact ones, the first stands for all
 * @param components principal components of the pixels in [0, 1], constant pictures left out
 * @param fitted number of faces that the components were fitted to
 * @param model what the model makes of the labels
 * @param crowd what the voters make of them, where there are votes
 */
record Findings(
    Dataset dataset,
    List<PixelMeasures> measures,
    ExactCopies copies,
    double nearCorrelation,
    List<NearPair> nearPairs,
    PrincipalComponents components,
    int fitted,
    ModelOpinion model,
    Optional<CrowdOpinion> crowd) {
  /** Sharpness below which a face is called blurred: little is to be seen but shades. */
  static final double BLURRED = 100;

  List<FoundFace> faces() {
    return dataset.faces();
  }

  List<Integer> constant() {
    return where(PixelMeasures::constant);
  }

  List<Integer> nearlyBlank() {
    return where(PixelMeasures::nearlyBlank);
  }

  /** Returns the faces that are neither constant nor nearly blank but blurred, worst first. */
  List<Integer> blurred() {
    return where(
            face -> face.sharpness() < BLURRED && face.contrast() >= PixelMeasures.NEARLY_BLANK)
        .stream()
        .sorted(Comparator.comparingDouble(i -> measures.get(i).sharpness()))
        .toList();
  }

  /** Returns the near duplicates whose two faces lie in different splits. */
  List<NearPair> nearLeaks() {
    return nearPairs.stream().filter(pair -> usage(pair.first()) != usage(pair.second())).toList();
  }

  /** Returns the near duplicates whose two faces have different labels. */
  List<NearPair> nearConflicts() {
    return nearPairs.stream()
        .filter(
            pair ->
                faces().get(pair.first()).face().emotion()
                    != faces().get(pair.second()).face().emotion())
        .toList();
  }

  /**
   * Returns the share of the model's doubts where the voters too prefer another class; nothing
   * without votes or without doubts.
   */
  Optional<Double> doubtsSharedByVoters() {
    if (model.doubts().isEmpty()) {
      return Optional.empty();
    }
    return crowd.map(
        opinion -> {
          Set<Integer> doubted =
              opinion.doubts().stream().map(LabelDoubt::face).collect(Collectors.toSet());
          long shared =
              model.doubts().stream().filter(doubt -> doubted.contains(doubt.face())).count();
          return (double) shared / model.doubts().size();
        });
  }

  /** Returns how many of the strongest components hold {@code share} of the variance. */
  int componentsFor(double share) {
    double total = totalVariance();
    double sum = 0;
    for (int k = 0; k < components.variances().length; k++) {
      sum += components.variances()[k];
      if (sum >= share * total) {
        return k + 1;
      }
    }
    return components.variances().length;
  }

  /** Returns the share of the variance that the first {@code count} components hold. */
  double explained(int count) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += components.variances()[k];
    }
    return sum / totalVariance();
  }

  private double totalVariance() {
    double total = 0;
    for (float variance : components.variances()) {
      total += variance;
    }
    return total;
  }

  private Usage usage(int face) {
    return faces().get(face).usage();
  }

  private List<Integer> where(Predicate<PixelMeasures> condition) {
    return IntStream.range(0, measures.size())
        .filter(i -> condition.test(measures.get(i)))
        .boxed()
        .toList();
  }
}
