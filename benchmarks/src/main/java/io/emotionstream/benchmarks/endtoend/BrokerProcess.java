// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import io.emotionstream.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** The broker in a process of its own: says its address, then lives until its input ends. */
final class BrokerProcess {
  private BrokerProcess() {}

  /**
   * Runs a broker.
   *
   * @param args the data directory
   */
  public static void main(String[] args) throws IOException {
    Answers answers = Answers.open();
    try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]))) {
      answers.say(broker.bootstrapServers());
      answers.serve(String.class, question -> question);
    }
  }
}
