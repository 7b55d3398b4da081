// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.datasets.synthetic.SyntheticFaces;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.NativeKernels;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.data.StratifiedSplit;
import io.emotionstream.trainer.evaluate.Evaluator;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineTest {
  private static FaceSet faces;

  @BeforeAll
  static void drawFaces() throws IOException {
    NativeKernels.enable();
    SyntheticFaces drawn = SyntheticFaces.shipped();
    List<LabeledFace> list =
        IntStream.range(0, 700)
            .mapToObj(
                i -> new LabeledFace(i, Emotions.ofLabel(i % 7), drawn.draw(i % 7, new Random(i))))
            .toList();
    faces = FaceSet.of(list);
  }

  @ParameterizedTest
  @EnumSource
  void tellsDrawnFacesApart(Baseline.Kind kind) {
    StratifiedSplit split = StratifiedSplit.of(faces, 0.2, 1);

    Baseline baseline = Baseline.fit(kind, split);

    double accuracy = Evaluator.evaluate(baseline.classifier(), split.validation()).accuracy();
    assertThat(accuracy).isGreaterThan(0.4); // by chance 0.14
    assertThat(baseline.subject().settings()).containsEntry("trainingFaces", "560");
    assertThat(baseline.subject().modelId()).startsWith(baseline.subject().network());
    assertThat(baseline.calibration().split()).isEqualTo("validation");
    float[] answer = baseline.classifier().classify(new float[][] {faces.get(0).normalized()})[0];
    float sum = 0;
    for (float probability : answer) {
      sum += probability;
    }
    assertThat(sum).isCloseTo(1, within(1e-5f));
  }

  @Test
  void answersTheSameFittedAgain() {
    float[][] some =
        faces.faces().subList(0, 20).stream().map(LabeledFace::normalized).toArray(float[][]::new);

    LinearSvm first = LinearSvm.candidates(faces).iterator().next();
    LinearSvm second = LinearSvm.candidates(faces).iterator().next();

    assertThat(first.classify(some)).isDeepEqualTo(second.classify(some));
  }

  @Test
  void knowsItsNeighboursByHeart() {
    NearestNeighbors nearest = NearestNeighbors.candidates(faces).get(0);

    assertThat(nearest.modelId()).isEqualTo("knn-pca-k1-d32");
    assertThat(Evaluator.evaluate(nearest, faces).accuracy()).isEqualTo(1);
  }

  @Test
  void describesAnEdgeByItsGradient() {
    float[] edge = new float[48 * 48];
    for (int i = 0; i < edge.length; i++) {
      edge[i] = i % 48 < 20 ? 0 : 1;
    }

    float[] features = Hog.of(edge);

    assertThat(Hog.LENGTH).isEqualTo(900);
    // The edge lies in cell column 2, its gradient at 0 degrees: half in the first and last bin.
    int block = (1 * 5 + 1) * 36; // cells (1, 1), (2, 1), (1, 2), (2, 2)
    assertThat(features[block + 9]).isCloseTo(0.5f, within(1e-3f));
    assertThat(features[block + 9 + 8]).isCloseTo(0.5f, within(1e-3f));
    assertThat(features[block + 9 + 4]).isZero();
    assertThat(features[block]).isZero();
    assertThat(features[0]).isZero();
  }

  @Test
  void describesABlankFaceByZeros() {
    assertThat(Hog.of(new float[48 * 48])).containsOnly(0f);
    assertThat(NearestNeighbors.standardized(new float[48 * 48])).containsOnly(0f);
  }

  @Test
  void namesTheBaselinesThereAre() {
    assertThat(Baseline.Kind.named("svm-hog")).isEqualTo(Baseline.Kind.SVM_HOG);
    assertThatThrownBy(() -> Baseline.Kind.named("forest"))
        .hasMessage("no baseline is named forest, there are knn-pca, svm-hog");
  }
}
