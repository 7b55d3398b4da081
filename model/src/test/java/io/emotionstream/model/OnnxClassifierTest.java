// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxClassifierTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.emotionstream.model.PlannedClassifierTest#networks")
  void answersAsDl4j(String name, ComputationGraph network) throws Exception {
    ServingGraph graph = ServingGraph.of(network);
    float[][] faces = Networks.faces(9);

    try (EmotionClassifier dl4j = new PlannedClassifier(name, graph);
        EmotionClassifier onnx = OnnxClassifier.create(name, OnnxGraph.write(graph, 1, Map.of()))) {
      float[][] expected = dl4j.classify(faces);
      float[][] actual = onnx.classify(faces);

      for (int i = 0; i < faces.length; i++) {
        assertThat(actual[i]).as("face %d", i).containsExactly(expected[i], within(1e-5f));
        assertThat(onnx.classify(new float[][] {faces[i]})[0])
            .containsExactly(expected[i], within(1e-5f));
      }
    }
  }

  @Test
  void isCalibratedOnceByEitherEngineAndInTheExport() throws Exception {
    Path file = directory.resolve("calibrated.emotion");
    Calibration calibration = Calibration.of(2.5, 0.3, "by hand", new long[7][7], "validation");
    ModelBundle.write(
        file,
        BundleManifest.of("paper", 1, 1, Map.of(), Map.of()).withCalibration(calibration),
        Networks.paper());
    ModelBundle bundle = ModelBundle.load(file);
    float[][] faces = Networks.faces(3);

    try (EmotionClassifier dl4j = bundle.newClassifier();
        EmotionClassifier onnx = bundle.withEngine(Engine.ONNX).newClassifier();
        EmotionClassifier exported = OnnxClassifier.create("exported", bundle.toOnnx())) {
      float[][] expected = dl4j.classify(faces);

      for (EmotionClassifier classifier : List.of(onnx, exported)) {
        float[][] actual = classifier.classify(faces);
        for (int i = 0; i < faces.length; i++) {
          assertThat(actual[i]).containsExactly(expected[i], within(1e-5f));
        }
      }
    }
  }

  @Test
  void saysInTheExportWhatItsInputsAndOutputsMean() throws Exception {
    ModelBundle bundle = ModelBundle.shipped();

    ModelProto model = ModelProto.parseFrom(bundle.toOnnx());

    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(13);
    assertThat(model.getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey)
        .containsExactly("class_names", "model_id", "network", "normalization", "temperature");
    assertThat(model.getMetadataPropsList())
        .extracting(StringStringEntryProto::getValue)
        .contains(
            "angry,disgust,fear,happy,sad,surprise,neutral",
            bundle.modelId(),
            FaceNormalizer.VERSION);
    assertThat(model.getGraph().getInput(0).getName()).isEqualTo("faces");
    assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("probabilities");
  }

  @Test
  void refusesWhatIsNoModel() {
    assertThatThrownBy(() -> OnnxClassifier.create("junk", new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("ONNX Runtime refuses the model");
  }
}
