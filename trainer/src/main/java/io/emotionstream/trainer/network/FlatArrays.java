// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Access to an array's native memory; the array must be of floats and contiguous. */
final class FlatArrays {
  private FlatArrays() {}

  /** Returns the array's own floats, valid until the array is closed. */
  static FloatBuffer view(INDArray array) {
    return new FloatPointer(array.data().addressPointer())
        .position(0)
        .capacity(array.length())
        .asBuffer();
  }

  /** Returns a copy of the array's floats. */
  static float[] copy(INDArray array) {
    float[] values = new float[(int) array.length()];
    read(array, values);
    return values;
  }

  static void read(INDArray from, float[] to) {
    view(from).get(0, to);
  }

  static void write(float[] from, INDArray to) {
    view(to).put(0, from);
  }

  /** Returns whether the elements lie one after the other in C order. */
  static boolean isContiguous(INDArray array) {
    long expected = 1;
    for (int i = array.rank() - 1; i >= 0; i--) {
      if (array.size(i) != 1 && array.stride(i) != expected) {
        return false;
      }
      expected *= array.size(i);
    }
    return true;
  }
}
