// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A trained network with all that is needed to use and to judge it, in one zip: {@code
 * manifest.json} ({@link BundleManifest}) and {@code network.zip} (a DL4J {@link ComputationGraph}
 * with input [n, 1, 48, 48] and softmax output [n, 7], without updater state).
 *
 * <p>Immutable and safe for use by several threads; the classifiers it makes are not.
 */
public final class ModelBundle {
  /** Ending of a bundle's file name. */
  public static final String EXTENSION = ".emotion";

  private static final String SHIPPED = "shipped" + EXTENSION;
  private static final String MANIFEST = "manifest.json";
  private static final String NETWORK = "network.zip";
  private static final int ID_DIGITS = 12;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private final String source;
  private final String modelId;
  private final BundleManifest manifest;
  private final byte[] network;
  private final Engine engine;

  private ModelBundle(
      String source, String modelId, BundleManifest manifest, byte[] network, Engine engine) {
    this.source = source;
    this.modelId = modelId;
    this.manifest = manifest;
    this.network = network;
    this.engine = engine;
  }

  /**
   * Reads the bundle in {@code file}.
   *
   * @throws InvalidBundleException if it is missing or not a bundle that this version can use
   */
  public static ModelBundle load(Path file) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InvalidBundleException(file.toString(), "no such file", e);
    } catch (IOException e) {
      throw new InvalidBundleException(file.toString(), "cannot be read: " + e.getMessage(), e);
    }
    return parse(file.toString(), content);
  }

  /** Reads the bundle that comes with this product. */
  public static ModelBundle shipped() throws IOException {
    try (InputStream in = ModelBundle.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new InvalidBundleException(SHIPPED, "not on the class path: rebuild the project");
      }
      return parse(SHIPPED, in.readAllBytes());
    }
  }

  /**
   * Writes a bundle; the same manifest and network give the same bytes, thus the same id.
   *
   * @param file where to write; replaced if it exists
   */
  public static void write(Path file, BundleManifest manifest, ComputationGraph network)
      throws IOException {
    ByteArrayOutputStream weights = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, weights, false);
    write(file, manifest, withoutTimes(weights.toByteArray()));
  }

  /**
   * Writes this bundle's network, as it is, under another manifest, such as one with a new
   * calibration; the new bundle has another id.
   *
   * @param file where to write; replaced if it exists, also if this bundle was read from there
   */
  public void rewrite(Path file, BundleManifest newManifest) throws IOException {
    write(file, newManifest, network);
  }

  private static void write(Path file, BundleManifest manifest, byte[] network) throws IOException {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bundle)) {
      put(zip, MANIFEST, JSON.writeValueAsBytes(manifest));
      put(zip, NETWORK, network);
    }
    writeAtomically(file, bundle.toByteArray());
  }

  /** Returns the first {@value #ID_DIGITS} hex digits of the file's SHA-256. */
  public String modelId() {
    return modelId;
  }

  /** Returns what the bundle says of itself. */
  public BundleManifest manifest() {
    return manifest;
  }

  /**
   * Makes a classifier with a network of its own. It answers calibrated probabilities: the softmax
   * of the logits divided by the {@link Calibration#temperature() temperature} of the manifest, if
   * there is one; the top-1 class does not depend on it.
   *
   * @throws InvalidBundleException if DL4J cannot read the network, or it does not answer one face
   *     with seven probabilities
   */
  public EmotionClassifier newClassifier() throws IOException {
    return CalibratedClassifier.of(newUncalibratedClassifier(), manifest);
  }

  /**
   * Makes a classifier that answers the softmax of the network, whatever the manifest's
   * calibration: what a calibration is fitted to.
   *
   * @throws InvalidBundleException as {@link #newClassifier} does
   */
  public EmotionClassifier newUncalibratedClassifier() throws IOException {
    return check(
        engine == Engine.ONNX
            ? OnnxClassifier.create(modelId, toOnnx(1))
            : Dl4jClassifier.create(this));
  }

  /** Returns the same bundle, its classifiers computed by {@code other}; DL4J unless told. */
  public ModelBundle withEngine(Engine other) {
    return new ModelBundle(source, modelId, manifest, network, other);
  }

  /** Returns what computes the classifiers that this makes. */
  public Engine engine() {
    return engine;
  }

  /**
   * Returns the network in the Open Neural Network Exchange format: input {@code faces} [n, 1, 48,
   * 48] in [0, 1], output {@code probabilities} [n, 7], calibrated as those of {@link
   * #newClassifier}. Its properties name the classes, the normalization, the temperature and the
   * model.
   *
   * @throws InvalidBundleException if DL4J cannot read the network, or it has a layer that is not
   *     known here
   */
  public byte[] toOnnx() throws IOException {
    Calibration calibration = manifest.calibration();
    return toOnnx(calibration == null ? 1 : calibration.temperature());
  }

  private byte[] toOnnx(double temperature) throws IOException {
    ComputationGraph trained = newNetwork();
    try {
      return OnnxGraph.write(
          ServingGraph.of(trained),
          temperature,
          Map.of(
              "model_id", modelId,
              "network", manifest.network(),
              "class_names", String.join(",", manifest.classes()),
              "normalization", manifest.normalization(),
              "temperature", Double.toString(temperature)));
    } catch (UnknownLayerException e) {
      throw invalid("cannot be exported to ONNX: " + e.getMessage(), e);
    } finally {
      trained.close();
    }
  }

  private EmotionClassifier check(EmotionClassifier classifier) throws IOException {
    try {
      float[][] answer = classifier.classify(new float[1][FaceNormalizer.PIXELS]);
      double sum = 0;
      for (float probability : answer[0]) {
        sum += probability;
      }
      if (answer[0].length != Emotions.COUNT || !(Math.abs(sum - 1) < 1e-3)) {
        throw new IllegalStateException("it answered " + Arrays.toString(answer[0]));
      }
      return classifier;
    } catch (RuntimeException e) {
      classifier.close();
      throw invalid(
          "its network does not answer one face with seven probabilities: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the network.
   *
   * @throws InvalidBundleException if DL4J cannot
   */
  public ComputationGraph newNetwork() throws IOException {
    NativeKernels.enable();
    try {
      return ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(network), false);
    } catch (IOException | RuntimeException e) {
      throw invalid("DL4J cannot read its network: " + e.getMessage(), e);
    }
  }

  InvalidBundleException invalid(String fault, Throwable cause) {
    return new InvalidBundleException(source, fault, cause);
  }

  @Override
  public String toString() {
    return "%s (%s, %s)".formatted(modelId, manifest.network(), source);
  }

  private static ModelBundle parse(String source, byte[] file) throws IOException {
    Map<String, byte[]> entries;
    try {
      entries = entries(file);
    } catch (IOException e) {
      throw new InvalidBundleException(source, "damaged zip: " + e.getMessage(), e);
    }
    byte[] manifestJson = entries.get(MANIFEST);
    byte[] network = entries.get(NETWORK);
    if (manifestJson == null || network == null) {
      throw new InvalidBundleException(
          source, "expected a zip with " + MANIFEST + " and " + NETWORK);
    }
    return new ModelBundle(
        source, idOf(file), manifest(source, manifestJson), network, Engine.DL4J);
  }

  private static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static BundleManifest manifest(String source, byte[] json) throws IOException {
    BundleManifest manifest;
    try {
      manifest = JSON.readValue(json, BundleManifest.class);
    } catch (JacksonException e) {
      throw new InvalidBundleException(source, "damaged " + MANIFEST + ": " + e.getMessage(), e);
    }
    require(source, "format", manifest.format(), BundleManifest.FORMAT);
    require(source, "normalization", manifest.normalization(), FaceNormalizer.VERSION);
    require(source, "classes", manifest.classes(), Emotions.names());
    return manifest;
  }

  private static void require(String source, String what, Object actual, Object expected)
      throws InvalidBundleException {
    if (!expected.equals(actual)) {
      throw new InvalidBundleException(
          source, "%s is %s, this version needs %s".formatted(what, actual, expected));
    }
  }

  private static String idOf(byte[] file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(file);
      return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static void writeAtomically(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(temporary, file, REPLACE_EXISTING, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Rewrites a zip with fixed entry times, so that equal content has equal bytes. */
  private static byte[] withoutTimes(byte[] archive) throws IOException {
    ByteArrayOutputStream fixed = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream out = new ZipOutputStream(fixed)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        put(out, entry.getName(), in.readAllBytes());
      }
    }
    return fixed.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
