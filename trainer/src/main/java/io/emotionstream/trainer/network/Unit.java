// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

/** A node made ready to compute over fixed memory, again and again. */
interface Unit {
  /** Takes its parameters out of the flat ones. */
  default void upload(float[] parameters) {}

  /**
   * Computes its output.
   *
   * @param training whether to normalize by the batch's statistics rather than the running ones
   */
  void forward(boolean training);

  /** Prepares {@link #backward}; to be called once, readers of a node before the node itself. */
  void prepareBackward();

  /** Computes the gradients of its parameters and its part of those of its inputs. */
  void backward();

  /**
   * Puts the gradients of its parameters into the flat ones.
   *
   * @param parameters those of the last upload
   */
  default void download(float[] parameters, float[] gradient) {}
}
