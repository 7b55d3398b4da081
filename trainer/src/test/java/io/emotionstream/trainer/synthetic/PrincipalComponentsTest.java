// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.datasets.synthetic.SyntheticFaces;
import java.io.IOException;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
  private static final int PIXELS = 48 * 48;

  @Test
  void findsTheDirectionsThatFacesWereMadeOf() {
    Random random = new Random(5);
    float[][] faces = new float[500][PIXELS];
    for (float[] face : faces) {
      float strong = (float) (3 * random.nextGaussian());
      float weak = (float) random.nextGaussian();
      for (int i = 0; i < PIXELS; i++) {
        boolean top = i < PIXELS / 2;
        face[i] = 0.5f + (top ? strong : -strong) + (i % 48 < 24 ? weak : -weak);
      }
    }

    PrincipalComponents components = PrincipalComponents.unmirrored(faces, 3);

    // A unit vector over 2,304 pixels that is one half up, the other down.
    assertThat(Math.abs(components.vectors()[0][0])).isCloseTo(1f / 48, within(2e-3f));
    assertThat(components.vectors()[0][0] * components.vectors()[0][PIXELS - 1]).isNegative();
    assertThat(components.vectors()[1][0] * components.vectors()[1][24]).isNegative();
    assertThat(components.variances()[0] / components.variances()[1]).isCloseTo(9, within(1.5f));
    assertThat(components.variances()[2]).isCloseTo(0, within(1f));
    float[] coordinates = components.project(faces[0]);
    assertThat(coordinates[2]).isCloseTo(0, within(0.5f));
  }

  @Test
  void componentsAreOrthonormalAndTheirVariancesFall() throws IOException {
    SyntheticFaces drawn = SyntheticFaces.shipped();
    SplittableRandom random = new SplittableRandom(1);
    float[][] faces = new float[300][PIXELS];
    double total = 0;
    for (int f = 0; f < faces.length; f++) {
      byte[] face = drawn.draw(f % 7, random);
      for (int i = 0; i < PIXELS; i++) {
        faces[f][i] = (face[i] & 0xFF) / 255f;
      }
    }

    PrincipalComponents components = PrincipalComponents.unmirrored(faces, 20);

    for (float[] face : faces) {
      for (int i = 0; i < PIXELS; i++) {
        total += Math.pow(face[i] - components.mean()[i], 2) / faces.length;
      }
    }
    double sum = 0;
    for (int k = 0; k < PIXELS; k++) {
      sum += components.variances()[k];
      assertThat(components.variances()[k])
          .isLessThanOrEqualTo(components.variances()[Math.max(0, k - 1)]);
    }
    assertThat(sum).isCloseTo(total, within(0.01 * total));
    for (int a = 0; a < 20; a++) {
      for (int b = 0; b <= a; b++) {
        double product = 0;
        for (int i = 0; i < PIXELS; i++) {
          product += (double) components.vectors()[a][i] * components.vectors()[b][i];
        }
        assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-4));
      }
    }
  }
}
