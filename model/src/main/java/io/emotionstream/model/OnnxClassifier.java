// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** Classifies with ONNX Runtime, on the calling thread alone, what {@link OnnxGraph} writes. */
final class OnnxClassifier implements EmotionClassifier {
  private final String modelId;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private FloatBuffer input = room(1);
  private boolean closed;

  private OnnxClassifier(String modelId, OrtEnvironment environment, OrtSession session) {
    this.modelId = modelId;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Makes a classifier with a session of its own.
   *
   * @param model bytes of an ONNX model
   * @throws IllegalStateException if ONNX Runtime is not there or refuses the model
   */
  static OnnxClassifier create(String modelId, byte[] model) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      return new OnnxClassifier(modelId, environment, environment.createSession(model, options));
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the model: " + e.getMessage(), e);
    } catch (LinkageError e) { // of ONNX Runtime's classes or of its native library
      throw new IllegalStateException(
          "engine onnx needs com.microsoft.onnxruntime:onnxruntime on the class path and a"
              + " platform that it has a library for: "
              + e,
          e);
    }
  }

  @Override
  public String modelId() {
    return modelId;
  }

  @Override
  public String engine() {
    return "ONNX Runtime " + environment.getVersion() + ", 1 native thread";
  }

  @Override
  public float[][] classify(float[][] faces) {
    Faces.require(faces);
    if (closed) {
      throw new IllegalStateException("the classifier of model " + modelId + " is closed");
    }
    int values = faces.length * FaceNormalizer.PIXELS;
    if (input.capacity() < values) {
      input = room(faces.length);
    }
    input.clear();
    for (float[] face : faces) {
      input.put(face);
    }
    input.flip();
    long side = FaceNormalizer.SIDE;
    long[] shape = {faces.length, 1, side, side};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input, shape);
        OrtSession.Result result = session.run(Map.of(OnnxGraph.INPUT, tensor))) {
      return (float[][]) result.get(0).getValue();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  private static FloatBuffer room(int faces) {
    return ByteBuffer.allocateDirect(faces * FaceNormalizer.PIXELS * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime cannot close: " + e.getMessage(), e);
      }
    }
  }
}
