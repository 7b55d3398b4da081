// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.emotionstream.datasets.synthetic.Expression;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassGaussiansTest {

  @Test
  void meansAndCovariancesAreThoseOfTheFaces() {
    ClassGaussians gaussians = new ClassGaussians(2);
    Random random = new Random(3);
    for (int i = 0; i < 7 * 20_000; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      // deviation 2 and 3, correlation 0.8
      gaussians.add(i % 7, new float[] {(float) (2 * a + i % 7), (float) (2.4 * a + 1.8 * b)});
    }

    List<Expression> expressions = gaussians.toExpressions();

    for (int label = 0; label < 7; label++) {
      assertThat(expressions.get(label).mean()[0]).isCloseTo(label, within(0.05f));
      assertThat(expressions.get(label).mean()[1]).isCloseTo(0, within(0.07f));
      assertThat(expressions.get(label).factor())
          .containsExactly(new float[] {2, 2.4f, 1.8f}, within(0.06f));
    }
  }

  @Test
  void rareClassBorrowsTheSpreadOfAll() {
    ClassGaussians gaussians = new ClassGaussians(1);
    for (int i = 0; i < 7000; i++) {
      gaussians.add(i % 6, new float[] {i % 4 < 2 ? 5 : -5}); // deviation 5
    }
    gaussians.add(6, new float[] {9});

    Expression rare = gaussians.toExpressions().get(6);

    assertThat(rare.mean()).containsExactly(9);
    assertThat(rare.factor()[0]).isCloseTo(5, within(0.05f));
  }

  @Test
  void classWithoutAFaceIsRefused() {
    ClassGaussians gaussians = new ClassGaussians(1);
    gaussians.add(0, new float[] {1});

    assertThatIllegalArgumentException()
        .isThrownBy(gaussians::toExpressions)
        .withMessage("class 1 has no face: statistics need faces of all 7");
  }
}
