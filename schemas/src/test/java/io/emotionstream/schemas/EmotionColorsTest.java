// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmotionColorsTest {

  @ParameterizedTest
  @EnumSource
  void everyClassHasAColourOfItsOwn(Ground ground) {
    assertThat(Arrays.stream(Emotion.values()).map(ground.hexOf))
        .allMatch(color -> color.matches("#[0-9A-F]{6}"))
        .doesNotHaveDuplicates();
  }

  /** With the middle gray of before, the smallest distance was 0.033: neutral from disgust. */
  @ParameterizedTest
  @EnumSource
  void staysDistinctToColourBlindReaders(Vision vision) {
    for (Ground ground : Ground.values()) {
      for (Emotion one : Emotion.values()) {
        for (Emotion other : Emotion.values()) {
          if (one != other) {
            assertThat(distance(vision, ground.hexOf.apply(one), ground.hexOf.apply(other)))
                .as("%s from %s, %s, on %s ground", one, other, vision, ground)
                .isGreaterThan(0.07);
          }
        }
      }
    }
  }

  /** Euclidean distance in Oklab (Ottosson 2020); what is just noticeable side by side is 0.02. */
  private static double distance(Vision vision, String one, String other) {
    double[] a = oklab(vision.sees(linear(one)));
    double[] b = oklab(vision.sees(linear(other)));
    return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
  }

  private static double[] linear(String hex) {
    double[] rgb = new double[3];
    for (int i = 0; i < 3; i++) {
      double value = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      rgb[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
    return rgb;
  }

  private static double[] oklab(double[] rgb) {
    double[] cones =
        times(
            new double[][] {
              {0.4122214708, 0.5363325363, 0.0514459929},
              {0.2119034982, 0.6806995451, 0.1073969566},
              {0.0883024619, 0.2817188376, 0.6299787005}
            },
            rgb);
    return times(
        new double[][] {
          {0.2104542553, 0.7936177850, -0.0040720468},
          {1.9779984951, -2.4285922050, 0.4505937099},
          {0.0259040371, 0.7827717662, -0.8086757660}
        },
        Arrays.stream(cones).map(Math::cbrt).toArray());
  }

  private static double[] times(double[][] matrix, double[] vector) {
    return Arrays.stream(matrix)
        .mapToDouble(row -> row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
        .toArray();
  }

  enum Ground {
    LIGHT(EmotionColors::hexOf),
    DARK(EmotionColors::darkHexOf);

    private final Function<Emotion, String> hexOf;

    Ground(Function<Emotion, String> hexOf) {
      this.hexOf = hexOf;
    }
  }

  /** What is left of linear RGB without one kind of cone: Machado, Oliveira, Fernandes 2009. */
  enum Vision {
    TRICHROMAT(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}),
    PROTANOPE(
        new double[][] {
          {0.152286, 1.052583, -0.204868},
          {0.114503, 0.786281, 0.099216},
          {-0.003882, -0.048116, 1.051998}
        }),
    DEUTERANOPE(
        new double[][] {
          {0.367322, 0.860646, -0.227968},
          {0.280085, 0.672501, 0.047413},
          {-0.011820, 0.042940, 0.968881}
        }),
    TRITANOPE(
        new double[][] {
          {1.255528, -0.076749, -0.178779},
          {-0.078411, 0.930809, 0.147602},
          {0.004733, 0.691367, 0.303900}
        });

    private final double[][] matrix;

    Vision(double[][] matrix) {
      this.matrix = matrix;
    }

    double[] sees(double[] rgb) {
      return Arrays.stream(times(matrix, rgb))
          .map(value -> Math.max(0, Math.min(1, value)))
          .toArray();
    }
  }
}
