// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ModelBundleTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void writeBundle() throws IOException {
    NativeKernels.enable();
    file = directory.resolve("tiny.emotion");
    ModelBundle.write(file, manifest(), network(7));
  }

  @Test
  void answersAsTheNetworkThatWasWritten() throws IOException {
    float[][] faces = faces(5);

    try (EmotionClassifier first = ModelBundle.load(file).newClassifier();
        EmotionClassifier second = ModelBundle.load(file).newClassifier()) {
      float[][] together = first.classify(faces);

      assertThat(together).hasDimensions(5, 7);
      for (int i = 0; i < faces.length; i++) {
        float sum = 0;
        for (float probability : together[i]) {
          sum += probability;
        }
        assertThat(sum).isCloseTo(1, within(1e-5f));
        assertThat(second.classify(new float[][] {faces[i]})[0])
            .containsExactly(together[i], within(1e-5f));
      }
    }
  }

  @Test
  void answersTheSameInEitherLayout() throws IOException {
    float[][] faces = faces(9);

    try (EmotionClassifier fast = ModelBundle.shipped().newUncalibratedClassifier();
        EmotionClassifier asTrained = Dl4jClassifier.createAsTrained(ModelBundle.shipped())) {
      float[][] expected = asTrained.classify(faces);
      float[][] actual = fast.classify(faces);

      for (int i = 0; i < faces.length; i++) {
        assertThat(actual[i]).containsExactly(expected[i], within(1e-5f));
      }
    }
  }

  @Test
  void servesTheShippedNetworkWithChannelsLast() throws IOException {
    assertThat(ChannelsLast.of(ModelBundle.shipped().newNetwork())).isPresent();
  }

  @Test
  void hasAnIdThatFollowsFromItsContent() throws IOException {
    Path same = directory.resolve("same.emotion");
    ModelBundle.write(same, manifest(), network(7));
    Path other = directory.resolve("other.emotion");
    ModelBundle.write(other, BundleManifest.of("other", 1, 1, Map.of(), Map.of()), network(7));

    String id = ModelBundle.load(file).modelId();

    assertThat(id).matches("[0-9a-f]{12}").isEqualTo(ModelBundle.load(same).modelId());
    assertThat(ModelBundle.load(other).modelId()).isNotEqualTo(id);
  }

  @Test
  void bringsItsManifestBack() throws IOException {
    assertThat(ModelBundle.load(file).manifest()).isEqualTo(manifest());
  }

  @Test
  void bringsItsCalibrationBack() throws IOException {
    ModelBundle before = ModelBundle.load(file);

    before.rewrite(file, before.manifest().withCalibration(calibration(2)));

    ModelBundle after = ModelBundle.load(file);
    assertThat(after.manifest()).isEqualTo(manifest().withCalibration(calibration(2)));
    assertThat(after.modelId()).isNotEqualTo(before.modelId());
  }

  @Test
  void readsABundleFromBeforeCalibration() throws IOException {
    edit(
        "manifest.json",
        json -> {
          assertThat(json).doesNotContain("calibration");
          return json;
        });

    assertThat(ModelBundle.load(file).manifest().calibration()).isNull();
  }

  @Test
  void answersCalibratedProbabilities() throws IOException {
    float[][] faces = faces(5);
    ModelBundle before = ModelBundle.load(file);
    before.rewrite(file, before.manifest().withCalibration(calibration(2)));

    try (EmotionClassifier calibrated = ModelBundle.load(file).newClassifier();
        EmotionClassifier raw = ModelBundle.load(file).newUncalibratedClassifier();
        EmotionClassifier original = before.newClassifier()) {
      float[][] expected = original.classify(faces);
      float[][] answers = calibrated.classify(faces);

      assertThat(raw.classify(faces)).isDeepEqualTo(expected);
      for (int i = 0; i < faces.length; i++) {
        assertThat(answers[i]).containsExactly(Temperature.scale(expected[i], 2), within(1e-6f));
        assertThat(answers[i]).isNotEqualTo(expected[i]);
      }
      assertThat(calibrated.modelId()).isEqualTo(ModelBundle.load(file).modelId());
    }
  }

  @Test
  void refusesADamagedCalibration() throws IOException {
    ModelBundle before = ModelBundle.load(file);
    before.rewrite(file, before.manifest().withCalibration(calibration(2)));
    edit("manifest.json", json -> json.replace("\"temperature\" : 2.0", "\"temperature\" : -2.0"));

    assertThatThrownBy(() -> ModelBundle.load(file))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("temperature must be positive, was -2.0");
  }

  @Test
  void saysThatTheFileIsMissing() {
    Path missing = directory.resolve("none.emotion");

    assertThatThrownBy(() -> ModelBundle.load(missing))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessage("model bundle " + missing + ": no such file");
  }

  @Test
  void saysThatTheFileIsNoBundle() throws IOException {
    Files.writeString(file, "not a zip");

    assertThatThrownBy(() -> ModelBundle.load(file))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageEndingWith("expected a zip with manifest.json and network.zip");
  }

  @Test
  void saysThatTheFileIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> ModelBundle.load(file))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageStartingWith("model bundle " + file + ": damaged zip: ");
  }

  @Test
  void saysThatTheFileIsAFolder() {
    assertThatThrownBy(() -> ModelBundle.load(directory))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageStartingWith("model bundle " + directory + ": cannot be read");
  }

  @Test
  void refusesAnotherNormalization() throws IOException {
    edit("manifest.json", json -> json.replace(FaceNormalizer.VERSION, "rgb224/9"));

    assertThatThrownBy(() -> ModelBundle.load(file))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageEndingWith(
            "normalization is rgb224/9, this version needs " + FaceNormalizer.VERSION);
  }

  @Test
  void refusesAnotherClassOrder() throws IOException {
    edit("manifest.json", json -> json.replace("\"angry\", \"disgust\"", "\"disgust\", \"angry\""));

    assertThatThrownBy(() -> ModelBundle.load(file))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("classes is [");
  }

  @Test
  void refusesADamagedManifest() throws IOException {
    edit("manifest.json", json -> json.substring(0, json.length() / 2));

    assertThatThrownBy(() -> ModelBundle.load(file))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("damaged manifest.json");
  }

  @Test
  void refusesADamagedNetwork() throws IOException {
    edit("network.zip", network -> "junk");

    assertThatThrownBy(() -> ModelBundle.load(file).newClassifier())
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("DL4J cannot read its network");
  }

  @Test
  void refusesANetworkWithAnotherNumberOfClasses() throws IOException {
    ModelBundle.write(file, manifest(), network(5));

    assertThatThrownBy(() -> ModelBundle.load(file).newClassifier())
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("does not answer one face with seven probabilities");
  }

  @Test
  void refusesAFaceOfAnotherSize() throws IOException {
    try (EmotionClassifier classifier = ModelBundle.load(file).newClassifier()) {
      assertThatThrownBy(() -> classifier.classify(new float[][] {new float[7]}))
          .hasMessage("face 0 has 7 values, expected 2304");
    }
  }

  private static Calibration calibration(double temperature) {
    return Calibration.of(temperature, 0.4, "as a test needs it", new long[7][7], "validation");
  }

  private static BundleManifest manifest() {
    return BundleManifest.of(
        "tiny", 123, 456, Map.of("seed", "7"), Map.of("validationAccuracy", 0.5));
  }

  private static ComputationGraph network(int classes) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .graphBuilder()
                .addInputs("faces")
                .setInputTypes(InputType.convolutional(48, 48, 1))
                .addLayer(
                    "convolution",
                    new ConvolutionLayer.Builder(3, 3).nOut(4).stride(2, 2).build(),
                    "faces")
                .addLayer("pool", new GlobalPoolingLayer.Builder().build(), "convolution")
                .addLayer(
                    "probabilities",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(classes)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "pool")
                .setOutputs("probabilities")
                .build());
    network.init();
    return network;
  }

  private static float[][] faces(int count) {
    Random random = new Random(3);
    float[][] faces = new float[count][FaceNormalizer.PIXELS];
    for (float[] face : faces) {
      for (int i = 0; i < face.length; i++) {
        face[i] = random.nextFloat();
      }
    }
    return faces;
  }

  private void edit(String entryName, UnaryOperator<String> edit) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    String before = new String(entries.get(entryName), StandardCharsets.ISO_8859_1);
    entries.put(entryName, edit.apply(before).getBytes(StandardCharsets.ISO_8859_1));
    ByteArrayOutputStream edited = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(edited)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    Files.write(file, edited.toByteArray());
  }
}
