// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.fer2013;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class UsageTest {

  @Test
  void namesHaveNoCase() {
    assertThat(Usage.ofLabel("publictest")).contains(Usage.PUBLIC_TEST);
    assertThat(Usage.named("PrivateTest")).isEqualTo(Usage.PRIVATE_TEST);
  }

  @Test
  void unknownNameIsRefusedWithTheKnownOnes() {
    assertThat(Usage.ofLabel("Test")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Usage.named("Test"))
        .withMessage("no split is named \"Test\", there are: Training, PublicTest, PrivateTest");
  }
}
