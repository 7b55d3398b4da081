// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import io.emotionstream.trainer.augment.Seeds;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Inverted dropout whose mask follows from a seed set before each pass, where DL4J's depends on
 * which thread ran before. For training networks only: never written to a bundle. Not thread-safe.
 */
@SuppressWarnings("serial")
final class SeededDropout implements IDropout {
  private final double drop;
  private long seed;
  private float[] mask = new float[0];

  /**
   * @param drop chance that a value is zeroed, in [0, 1)
   */
  SeededDropout(double drop) {
    if (!(drop >= 0 && drop < 1)) {
      throw new IllegalArgumentException("dropout must be at least 0 and below 1, was " + drop);
    }
    this.drop = drop;
  }

  /** Sets what the next forward pass draws its mask from. */
  void reseed(long next) {
    seed = next;
  }

  @Override
  public INDArray applyDropout(
      INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
    SplittableRandom random = Seeds.random(seed);
    mask = new float[(int) input.length()];
    float kept = (float) (1 / (1 - drop));
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < drop ? 0 : kept;
    }
    return masked(input, result);
  }

  @Override
  public INDArray backprop(
      INDArray gradientAtOutput, INDArray gradientAtInput, int iteration, int epoch) {
    return masked(gradientAtOutput, gradientAtInput);
  }

  private INDArray masked(INDArray in, INDArray out) {
    try (INDArray factors = Nd4j.createFromArray(mask).reshape('c', in.shape())) {
      return in.muli(factors, out);
    }
  }

  @Override
  public void clear() {
    mask = new float[0];
  }

  /** Returns this: the copies of a configuration share the seed that {@link #reseed} sets. */
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public IDropout clone() {
    return this;
  }
}
