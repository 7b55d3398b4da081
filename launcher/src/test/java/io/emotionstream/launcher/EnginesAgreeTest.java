// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.datasets.fer2013.Fer2013Reader;
import io.emotionstream.datasets.fer2013.Fer2013Row;
import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Engine;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.GrayImage;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.testkit.RequiresFer2013;
import io.emotionstream.testkit.TestData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The shipped network's answers to every row of PublicTest, by each engine. */
class EnginesAgreeTest {
  private static final int BATCH = 48; // two plans a batch

  @Test
  @RequiresFer2013
  void onEachFaceOfPublicTestWithPlainDl4j() throws IOException {
    ModelBundle bundle = ModelBundle.shipped();
    List<float[]> faces = publicTest();
    ComputationGraph plain = bundle.newNetwork();
    try (EmotionClassifier dl4j = bundle.newUncalibratedClassifier();
        EmotionClassifier onnx = bundle.withEngine(Engine.ONNX).newUncalibratedClassifier()) {
      for (int from = 0; from < faces.size(); from += BATCH) {
        float[][] batch =
            faces.subList(from, Math.min(from + BATCH, faces.size())).toArray(float[][]::new);
        float[][] expected = answers(plain, batch);
        float[][] byDl4j = dl4j.classify(batch);
        float[][] byOnnx = onnx.classify(batch);
        for (int i = 0; i < batch.length; i++) {
          assertThat(byDl4j[i]).as("row %d", from + i).containsExactly(expected[i], within(1e-5f));
          assertThat(byOnnx[i]).as("row %d", from + i).containsExactly(expected[i], within(1e-5f));
        }
      }
    } finally {
      plain.close();
    }
    assertThat(faces).hasSizeGreaterThan(3500);
  }

  private static List<float[]> publicTest() throws IOException {
    List<float[]> faces = new ArrayList<>();
    try (Fer2013Reader reader = Fer2013Reader.open(TestData.requireFer2013Csv(), rejected -> {})) {
      for (Optional<Fer2013Row> row = reader.next(); row.isPresent(); row = reader.next()) {
        if (row.get().usage() == Usage.PUBLIC_TEST) {
          GrayImage image = new GrayImage(Fer2013Row.SIDE, Fer2013Row.SIDE, row.get().pixels());
          faces.add(FaceNormalizer.normalize(image));
        }
      }
    }
    return faces;
  }

  private static float[][] answers(ComputationGraph network, float[][] faces) {
    float[] flat = new float[faces.length * FaceNormalizer.PIXELS];
    for (int i = 0; i < faces.length; i++) {
      System.arraycopy(faces[i], 0, flat, i * FaceNormalizer.PIXELS, FaceNormalizer.PIXELS);
    }
    long side = FaceNormalizer.SIDE;
    try (INDArray input = Nd4j.create(flat, new long[] {faces.length, 1, side, side}, 'c')) {
      return network.outputSingle(input).toFloatMatrix();
    }
  }
}
