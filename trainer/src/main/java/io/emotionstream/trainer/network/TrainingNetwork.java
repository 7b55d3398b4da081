// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A network that yields gradients for flat parameters; the optimizer is outside.
 *
 * <p>Its output layer may answer a second question beside the emotion, how people voted on the
 * face: richer targets help the maps that both share (Caruana 1997). The second answer is dropped
 * when the network is made to serve.
 *
 * <p>To be used by one thread at a time.
 */
public final class TrainingNetwork implements AutoCloseable {
  private final ParameterLayout layout;
  private final int batch;
  private final int outputs;
  private final double dropout;
  private final float auxiliaryWeight;
  private final TrainingPlan plan;
  private final DenseLayer head;
  private final float[] features;
  private final float[] logits;
  private float[] parameters = new float[0];

  TrainingNetwork(NetworkSpec spec, TrainingForm form) {
    outputs = Emotions.COUNT + form.auxiliaryClasses();
    layout = new ParameterLayout(spec, outputs);
    batch = form.batch();
    dropout = form.dropout();
    auxiliaryWeight = (float) form.auxiliaryWeight();
    plan = new TrainingPlan(spec, layout, batch, form.precision());
    head =
        new DenseLayer(
            spec.features(),
            outputs,
            layout.range(NetworkSpec.OUTPUT, ParameterLayout.Key.WEIGHTS),
            layout.range(NetworkSpec.OUTPUT, ParameterLayout.Key.BIAS));
    features = new float[batch * spec.features()];
    logits = new float[batch * outputs];
  }

  /**
   * How well a batch was foretold.
   *
   * @param loss mean cross-entropy
   * @param correct faces whose heaviest target was the answer
   */
  public record Fit(double loss, int correct) {}

  /** Returns the number of parameters, running means and variances included. */
  public int parameterCount() {
    return layout.length();
  }

  /** Draws initial parameters. */
  public float[] initialParameters(long seed) {
    return layout.initial(seed);
  }

  /** Returns the kind of each parameter, in flat order. */
  public ParameterKind[] parameterKinds() {
    return layout.kinds();
  }

  /** Replaces all parameters; they are copied. */
  public void setParameters(float[] values) {
    parameters = values.clone();
    plan.upload(parameters);
    head.upload(parameters);
  }

  /**
   * Computes the gradient of a batch.
   *
   * @param faces normalized faces, [batch, 48, 48] row by row
   * @param targets target probabilities, [batch, 7 + auxiliary classes] row by row; those of the
   *     second question may be all zero, where there is no answer to it
   * @param dropoutSeed draws what is dropped
   * @param gradient receives the sum over the batch; for running statistics what is to be
   *     subtracted from them
   * @return how well the emotions were foretold
   */
  public Fit gradient(float[] faces, float[] targets, long dropoutSeed, float[] gradient) {
    plan.forward(faces, true, features);
    float[] mask = dropoutMask(dropoutSeed);
    for (int i = 0; i < features.length; i++) {
      features[i] *= mask[i];
    }
    head.forward(features, batch, logits);
    double loss = 0;
    int correct = 0;
    float[] slopes = new float[logits.length];
    for (int n = 0; n < batch; n++) {
      int row = n * outputs;
      if (greatest(logits, row) == greatest(targets, row)) {
        correct++;
      }
      loss += crossEntropy(targets, slopes, row, row + Emotions.COUNT, 1);
      crossEntropy(targets, slopes, row + Emotions.COUNT, row + outputs, auxiliaryWeight);
    }
    float[] featureGradient = new float[features.length];
    head.backward(features, slopes, batch, featureGradient);
    for (int i = 0; i < features.length; i++) {
      featureGradient[i] *= mask[i];
    }
    plan.backward(featureGradient, parameters, gradient);
    head.download(gradient);
    return new Fit(loss / batch, correct);
  }

  private static int greatest(float[] values, int from) {
    int best = 0;
    for (int i = 1; i < Emotions.COUNT; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  private float[] dropoutMask(long seed) {
    float[] mask = new float[features.length];
    if (dropout == 0) {
      Arrays.fill(mask, 1);
      return mask;
    }
    SplittableRandom random = new SplittableRandom(seed);
    float kept = (float) (1 / (1 - dropout));
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < dropout ? 0 : kept;
    }
    return mask;
  }

  /** Turns the logits of one question into probabilities and the slopes of its cross-entropy. */
  private double crossEntropy(float[] targets, float[] slopes, int from, int to, float weight) {
    softmax(logits, from, to);
    float sum = 0;
    for (int i = from; i < to; i++) {
      sum += targets[i];
    }
    double loss = 0;
    for (int i = from; i < to; i++) {
      loss -= targets[i] * Math.log(Math.max(logits[i], 1e-30));
      slopes[i] = weight * (sum * logits[i] - targets[i]);
    }
    return loss;
  }

  private static void softmax(float[] values, int from, int to) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      greatest = Math.max(greatest, values[i]);
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      values[i] = (float) Math.exp(values[i] - greatest);
      sum += values[i];
    }
    for (int i = from; i < to; i++) {
      values[i] /= (float) sum;
    }
  }

  /**
   * Classifies with running statistics and without dropout.
   *
   * @param faces normalized faces, [n, 48, 48] row by row, n at most the batch
   * @return [n][7] probabilities
   */
  public float[][] classify(float[] faces) {
    int count = faces.length / FaceNormalizer.PIXELS;
    plan.forward(Arrays.copyOf(faces, batch * FaceNormalizer.PIXELS), false, features);
    head.forward(features, batch, logits);
    float[][] answers = new float[count][];
    for (int n = 0; n < count; n++) {
      int row = n * outputs;
      softmax(logits, row, row + Emotions.COUNT);
      answers[n] = Arrays.copyOfRange(logits, row, row + Emotions.COUNT);
    }
    return answers;
  }

  @Override
  public void close() {
    plan.close();
  }
}
