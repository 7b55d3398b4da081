// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import java.nio.ShortBuffer;
import java.util.Locale;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * How maps and their gradients are held while training. Weights, their gradients, the statistics of
 * normalization and all sums are single precision in either.
 */
public enum Precision {
  /** IEEE single precision. */
  FLOAT32(memory.data_type.f32),
  /**
   * Single precision without the lower half of the bits, bfloat16: twice as fast on processors that
   * multiply it (AVX512_BF16), far slower on others.
   */
  BFLOAT16(memory.data_type.bf16);

  private static final int LOST_BITS = 16;

  private final memory.data_type type;

  Precision(memory.data_type type) {
    this.type = type;
  }

  /** Returns the faster one on this processor. */
  public static Precision fastest() {
    int isa = dnnl.dnnl_get_effective_cpu_isa();
    int wanted = dnnl.dnnl_cpu_isa_avx512_core_bf16;
    return (isa & wanted) == wanted ? BFLOAT16 : FLOAT32;
  }

  /** Returns the name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  memory.data_type type() {
    return type;
  }

  /** Copies all values out of {@code from}, in the order in which they lie there. */
  void read(memory from, float[] to) {
    if (this == FLOAT32) {
      OneDnn.floats(from).get(0, to);
      return;
    }
    short[] values = new short[to.length];
    OneDnn.shorts(from).get(0, values);
    for (int i = 0; i < to.length; i++) {
      to[i] = Float.intBitsToFloat(values[i] << LOST_BITS);
    }
  }

  /** Copies all values into {@code to}, rounded to nearest even. */
  void write(float[] from, memory to) {
    if (this == FLOAT32) {
      OneDnn.floats(to).put(0, from);
      return;
    }
    short[] values = new short[from.length];
    for (int i = 0; i < from.length; i++) {
      int bits = Float.floatToRawIntBits(from[i]);
      values[i] = (short) ((bits + 0x7FFF + ((bits >>> LOST_BITS) & 1)) >>> LOST_BITS);
    }
    ShortBuffer target = OneDnn.shorts(to);
    target.put(0, values);
  }
}
