// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class SharedBrokerTest {
  private final TestBroker broker;

  SharedBrokerTest(TestBroker broker) {
    this.broker = broker;
  }

  @Test
  void aConstructorGetsTheBrokerOfTheOtherClasses() {
    SeenBrokers.add(broker.bootstrapServers());

    assertThat(SeenBrokers.ALL).hasSize(1);
  }
}
