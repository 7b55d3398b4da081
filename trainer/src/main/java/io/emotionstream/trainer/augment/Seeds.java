// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.augment;

import java.util.SplittableRandom;

/** Derives independent random streams from one seed, so that no generator needs to be saved. */
public final class Seeds {
  private Seeds() {}

  /** Returns the generator of a position, such as (seed, epoch, row). */
  public static SplittableRandom random(long seed, long... position) {
    return new SplittableRandom(derive(seed, position));
  }

  /** Returns the seed of a position. */
  public static long derive(long seed, long... position) {
    long state = mix(seed);
    for (long coordinate : position) {
      state = mix(state ^ mix(coordinate + 0x9E3779B97F4A7C15L));
    }
    return state;
  }

  /** The finalizer of MurmurHash3 in Stafford's variant 13: each bit depends on every bit. */
  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
