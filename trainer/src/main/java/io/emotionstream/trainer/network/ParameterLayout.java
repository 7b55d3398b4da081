// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Where each parameter of a network lies in one flat array.
 *
 * <p>Convolution weights are [out, in, kernel, kernel], dense weights [out, in], row by row.
 */
final class ParameterLayout {
  /** Keys of a node's parameters. */
  enum Key {
    WEIGHTS(ParameterKind.WEIGHT),
    BIAS(ParameterKind.OFFSET_OR_SCALE),
    SECOND_WEIGHTS(ParameterKind.WEIGHT),
    SECOND_BIAS(ParameterKind.OFFSET_OR_SCALE),
    GAMMA(ParameterKind.OFFSET_OR_SCALE),
    BETA(ParameterKind.OFFSET_OR_SCALE),
    MEAN(ParameterKind.RUNNING_STATISTIC),
    VARIANCE(ParameterKind.RUNNING_STATISTIC);

    private final ParameterKind kind;

    Key(ParameterKind kind) {
      this.kind = kind;
    }
  }

  /**
   * A parameter's place.
   *
   * @param fanIn inputs of each output, for the initial weights
   */
  record Range(int offset, int length, int fanIn) {
    /** Returns the place after the last value. */
    int end() {
      return offset + length;
    }
  }

  private record Name(String node, Key key) {}

  private final Map<Name, Range> ranges = new LinkedHashMap<>();
  private int length;

  /**
   * Lays out the parameters of {@code spec}, those of its output layer last.
   *
   * @param outputs width of the output layer
   */
  ParameterLayout(NetworkSpec spec, int outputs) {
    for (Node node : spec.nodes()) {
      if (node instanceof Node.Convolution c) {
        add(c.name(), Key.WEIGHTS, c.weights(), c.weights() / c.out());
      } else if (node instanceof Node.Normalization n) {
        for (Key key : new Key[] {Key.GAMMA, Key.BETA, Key.MEAN, Key.VARIANCE}) {
          add(n.name(), key, n.channels(), 1);
        }
      } else if (node instanceof Node.Excitation e) {
        int area = e.channels() * e.squeezed();
        add(e.name(), Key.WEIGHTS, area, e.channels());
        add(e.name(), Key.BIAS, e.squeezed(), e.channels());
        add(e.name(), Key.SECOND_WEIGHTS, area, e.squeezed());
        add(e.name(), Key.SECOND_BIAS, e.channels(), e.squeezed());
      }
    }
    add(NetworkSpec.OUTPUT, Key.WEIGHTS, outputs * spec.features(), spec.features());
    add(NetworkSpec.OUTPUT, Key.BIAS, outputs, spec.features());
  }

  private void add(String node, Key key, int size, int fanIn) {
    ranges.put(new Name(node, key), new Range(length, size, fanIn));
    length += size;
  }

  int length() {
    return length;
  }

  Range range(String node, Key key) {
    return Objects.requireNonNull(ranges.get(new Name(node, key)), () -> node + " " + key);
  }

  /** Returns the kind of each value. */
  ParameterKind[] kinds() {
    ParameterKind[] kinds = new ParameterKind[length];
    ranges.forEach(
        (name, range) -> Arrays.fill(kinds, range.offset(), range.end(), name.key().kind));
    return kinds;
  }

  /**
   * Draws initial values: weights normal with variance 2 / fan-in (He et al. 2015), those of the
   * output layer with variance 1 / fan-in; scales and variances one, all else zero.
   */
  float[] initial(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    ranges.forEach(
        (name, range) -> {
          double gain = name.node().equals(NetworkSpec.OUTPUT) ? 1 : 2;
          double deviation = Math.sqrt(gain / range.fanIn());
          for (int i = range.offset(); i < range.end(); i++) {
            values[i] =
                switch (name.key()) {
                  case WEIGHTS, SECOND_WEIGHTS -> (float) (random.nextGaussian() * deviation);
                  case GAMMA, VARIANCE -> 1;
                  default -> 0;
                };
          }
        });
    return values;
  }
}
