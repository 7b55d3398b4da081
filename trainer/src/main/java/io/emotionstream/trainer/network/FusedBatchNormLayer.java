// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation, ReLU and optional 2x2 max pooling over planes of an NCHW array.
 *
 * <p>Works one plane (height x width floats, which stay in the first-level cache) at a time, in
 * loops the JIT turns into vector instructions. The gradient of the pooling goes to the first
 * maximum of each window. The running mean and variance take DL4J's additive form: their "gradient"
 * is {@code (1 - decay) * (running - batch)}, to be subtracted as it is. Not thread-safe.
 */
final class FusedBatchNormLayer extends BatchNormalization {
  /** Turns a positive number into one when multiplied and clamped: a step without a branch. */
  private static final float STEEP = 1e30f;

  private final boolean pooled;
  private float[] mean = new float[0];
  private float[] inverseDeviation = new float[0];
  private float[] plane = new float[0];
  private float[] second = new float[0];
  private float[] small = new float[0];
  private float[] sum = new float[0];
  private float[] product = new float[0];

  FusedBatchNormLayer(NeuralNetConfiguration conf, DataType dataType, boolean pooled) {
    super(conf, dataType);
    this.pooled = pooled;
  }

  @Override
  public INDArray preOutput(INDArray x, TrainingMode mode, LayerWorkspaceMgr workspaces) {
    int images = (int) x.size(0);
    int channels = (int) x.size(1);
    int height = (int) x.size(2);
    int width = (int) x.size(3);
    int area = height * width;
    reserve(area);
    FloatBuffer in = FlatArrays.view(x);
    if (mode == TrainingMode.TRAIN) {
      batchStatistics(in, images, channels, area);
    } else {
      runningStatistics(channels);
    }
    float[] gamma = FlatArrays.copy(getParam(BatchNormalizationParamInitializer.GAMMA));
    float[] beta = FlatArrays.copy(getParam(BatchNormalizationParamInitializer.BETA));
    INDArray y =
        pooled
            ? workspaces.createUninitialized(
                ArrayType.ACTIVATIONS,
                DataType.FLOAT,
                new long[] {images, channels, height / 2, width / 2},
                'c')
            : workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, x.shape(), 'c');
    FloatBuffer out = FlatArrays.view(y);
    int outArea = pooled ? area / 4 : area;
    for (int n = 0; n < images; n++) {
      for (int c = 0; c < channels; c++) {
        float scale = gamma[c] * inverseDeviation[c];
        in.get((n * channels + c) * area, plane, 0, area);
        scaleAndClip(plane, area, scale, beta[c] - mean[c] * scale);
        if (pooled) {
          maxPool(plane, height, width, small);
          out.put((n * channels + c) * outArea, small, 0, outArea);
        } else {
          out.put((n * channels + c) * outArea, plane, 0, outArea);
        }
      }
    }
    return y;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    int images = (int) input.size(0);
    int channels = (int) input.size(1);
    int height = (int) input.size(2);
    int width = (int) input.size(3);
    int area = height * width;
    int outArea = pooled ? area / 4 : area;
    float[] gamma = FlatArrays.copy(getParam(BatchNormalizationParamInitializer.GAMMA));
    float[] beta = FlatArrays.copy(getParam(BatchNormalizationParamInitializer.BETA));
    float[] dGamma = new float[channels];
    float[] dBeta = new float[channels];
    INDArray contiguous = FlatArrays.isContiguous(epsilon) ? epsilon : epsilon.dup('c');
    INDArray dx =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'c');
    FloatBuffer in = FlatArrays.view(input);
    FloatBuffer dy = FlatArrays.view(contiguous);
    FloatBuffer out = FlatArrays.view(dx);
    for (int c = 0; c < channels; c++) {
      float scale = gamma[c] * inverseDeviation[c];
      float shift = beta[c] - mean[c] * scale;
      Arrays.fill(sum, 0, area, 0);
      Arrays.fill(product, 0, area, 0);
      for (int n = 0; n < images; n++) {
        int at = (n * channels + c) * area;
        in.get(at, plane, 0, area);
        if (pooled) {
          System.arraycopy(plane, 0, second, 0, area);
          scaleAndClip(second, area, scale, shift);
          dy.get((n * channels + c) * outArea, small, 0, outArea);
          scatterToMaxima(second, small, height, width);
        } else {
          dy.get(at, second, 0, area);
        }
        maskAndSum(plane, second, area, scale, shift, mean[c]);
        out.put(at, second, 0, area);
      }
      double s = 0;
      double p = 0;
      for (int i = 0; i < area; i++) {
        s += sum[i];
        p += product[i];
      }
      dBeta[c] = (float) s;
      dGamma[c] = (float) (p * inverseDeviation[c]);
      float count = (float) images * area;
      // dx = scale * (d - mean(d) - (x - mean) * invDev^2 * mean(d * (x - mean)))
      float slope = -scale * dGamma[c] * inverseDeviation[c] / count;
      float constant = -scale * dBeta[c] / count - slope * mean[c];
      for (int n = 0; n < images; n++) {
        int at = (n * channels + c) * area;
        in.get(at, plane, 0, area);
        out.get(at, second, 0, area);
        combine(plane, second, area, scale, slope, constant);
        out.put(at, second, 0, area);
      }
    }
    return new Pair<>(gradients(dGamma, dBeta), dx);
  }

  private Gradient gradients(float[] dGamma, float[] dBeta) {
    float[] runningMean = FlatArrays.copy(getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN));
    float[] runningLogDev =
        FlatArrays.copy(getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD));
    double decay = layerConf().getDecay();
    float[] dMean = new float[runningMean.length];
    float[] dLogDev = new float[runningMean.length];
    for (int c = 0; c < dMean.length; c++) {
      dMean[c] = (float) ((1 - decay) * (runningMean[c] - mean[c]));
      double variance = 1 / ((double) inverseDeviation[c] * inverseDeviation[c]) - eps();
      double before = Math.pow(10, 2 * runningLogDev[c]);
      double after = decay * before + (1 - decay) * Math.max(variance, 0);
      dLogDev[c] = (float) (0.5 * Math.log10(before / after));
    }
    Gradient gradient = new DefaultGradient();
    put(gradient, BatchNormalizationParamInitializer.GAMMA, dGamma);
    put(gradient, BatchNormalizationParamInitializer.BETA, dBeta);
    put(gradient, BatchNormalizationParamInitializer.GLOBAL_MEAN, dMean);
    put(gradient, BatchNormalizationParamInitializer.GLOBAL_LOG_STD, dLogDev);
    return gradient;
  }

  private void put(Gradient gradient, String name, float[] values) {
    INDArray target = Objects.requireNonNull(gradientViews.get(name), name);
    FlatArrays.view(target).put(0, values, 0, values.length);
    gradient.setGradientFor(name, target);
  }

  private double eps() {
    return layerConf().getEps();
  }

  private void batchStatistics(FloatBuffer in, int images, int channels, int area) {
    mean = new float[channels];
    inverseDeviation = new float[channels];
    double count = (double) images * area;
    for (int c = 0; c < channels; c++) {
      Arrays.fill(sum, 0, area, 0);
      Arrays.fill(product, 0, area, 0);
      for (int n = 0; n < images; n++) {
        in.get((n * channels + c) * area, plane, 0, area);
        addMoments(plane, area);
      }
      double s = 0;
      double p = 0;
      for (int i = 0; i < area; i++) {
        s += sum[i];
        p += product[i];
      }
      double average = s / count;
      mean[c] = (float) average;
      double variance = Math.max(p / count - average * average, 0);
      inverseDeviation[c] = (float) (1 / Math.sqrt(variance + eps()));
    }
  }

  private void runningStatistics(int channels) {
    mean = FlatArrays.copy(getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN));
    float[] logDeviation =
        FlatArrays.copy(getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD));
    inverseDeviation = new float[channels];
    for (int c = 0; c < channels; c++) {
      inverseDeviation[c] = (float) (1 / Math.sqrt(Math.pow(10, 2 * logDeviation[c]) + eps()));
    }
  }

  private void addMoments(float[] x, int area) {
    float[] s = sum;
    float[] p = product;
    for (int i = 0; i < area; i++) {
      s[i] += x[i];
    }
    for (int i = 0; i < area; i++) {
      p[i] += x[i] * x[i];
    }
  }

  /** Replaces x by max(0, scale * x + shift). */
  private static void scaleAndClip(float[] x, int area, float scale, float shift) {
    for (int i = 0; i < area; i++) {
      x[i] = Math.max(x[i] * scale + shift, 0f);
    }
  }

  /** Zeroes d where ReLU was shut, and adds d and d * (x - mean) to the sums of the plane. */
  private void maskAndSum(float[] x, float[] d, int area, float scale, float shift, float mean) {
    float[] s = sum;
    float[] p = product;
    for (int i = 0; i < area; i++) {
      d[i] *= Math.min(Math.max((x[i] * scale + shift) * STEEP, 0f), 1f);
    }
    for (int i = 0; i < area; i++) {
      s[i] += d[i];
    }
    for (int i = 0; i < area; i++) {
      p[i] += d[i] * (x[i] - mean);
    }
  }

  private static void combine(
      float[] x, float[] d, int area, float scale, float slope, float constant) {
    for (int i = 0; i < area; i++) {
      d[i] = d[i] * scale + (x[i] * slope + constant);
    }
  }

  private static void maxPool(float[] x, int height, int width, float[] out) {
    int o = 0;
    for (int row = 0; row + 1 < height; row += 2) {
      int a = row * width;
      int b = a + width;
      for (int column = 0; column + 1 < width; column += 2, o++) {
        float top = x[a + column] > x[a + column + 1] ? x[a + column] : x[a + column + 1];
        float low = x[b + column] > x[b + column + 1] ? x[b + column] : x[b + column + 1];
        out[o] = top > low ? top : low;
      }
    }
  }

  /** Replaces the plane y by zeroes but for each window's first maximum, which gets its d. */
  private static void scatterToMaxima(float[] y, float[] d, int height, int width) {
    int o = 0;
    for (int row = 0; row < height; row += 2) {
      int a = row * width;
      for (int column = 0; column < width; column += 2, o++) {
        int i = a + column;
        int j = i + width;
        int best = y[i + 1] > y[i] ? i + 1 : i;
        int other = y[j + 1] > y[j] ? j + 1 : j;
        best = y[other] > y[best] ? other : best;
        y[i] = 0;
        y[i + 1] = 0;
        y[j] = 0;
        y[j + 1] = 0;
        y[best] = d[o];
      }
    }
  }

  private void reserve(int area) {
    if (plane.length < area) {
      plane = new float[area];
      second = new float[area];
      small = new float[area / 4];
      sum = new float[area];
      product = new float[area];
    }
  }
}
