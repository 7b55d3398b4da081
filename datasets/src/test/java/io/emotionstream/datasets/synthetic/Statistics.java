// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.synthetic;

import static io.emotionstream.datasets.synthetic.FaceStatistics.CLASSES;
import static io.emotionstream.datasets.synthetic.FaceStatistics.PIXELS;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Made-up statistics for tests. */
final class Statistics {
  private Statistics() {}

  /** Three components, random numbers. */
  static FaceStatistics small(long seed) {
    Random random = new Random(seed);
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      components.add(Component.quantize(numbers(random, PIXELS)));
    }
    List<Expression> expressions = new ArrayList<>();
    for (int i = 0; i < CLASSES; i++) {
      expressions.add(new Expression(numbers(random, 3), numbers(random, 6)));
    }
    return new FaceStatistics(
        numbers(random, PIXELS), components, expressions, new Spread(130, 30), new Spread(4, 0.2f));
  }

  /** One component that lightens even and darkens odd pixels, the same Gaussian in each class. */
  static FaceStatistics oneComponent(float mean, float deviation) {
    float[] stripes = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      stripes[i] = i % 2 == 0 ? 1 / 48f : -1 / 48f;
    }
    Expression expression = new Expression(new float[] {mean}, new float[] {deviation});
    return new FaceStatistics(
        new float[PIXELS],
        List.of(Component.quantize(stripes)),
        Stream.generate(() -> expression).limit(CLASSES).toList(),
        new Spread(128, 0),
        new Spread(3, 0));
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
