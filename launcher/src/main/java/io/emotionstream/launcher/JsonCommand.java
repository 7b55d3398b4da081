// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.json.JsonBridge;
import io.emotionstream.operations.Operations;
import io.emotionstream.operations.OperationsServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Copies results to topics of JSON until it is stopped. */
@Command(
    name = "json-bridge", // "json" alone could not be a value of any option
    description = {
      "Copy events and distributions to topics of JSON, named like theirs with -json, for consumers"
          + " without Avro.",
      "'topics create --json' makes them."
    })
final class JsonCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Override
  public Integer call() throws Exception {
    StopSignal stop = StopSignal.install();
    try (Operations operations = new Operations("json", EmotionCommand.version());
        JsonBridge bridge = new JsonBridge(kafka.topics(), kafka.settings());
        OperationsServer server = metrics.show(operations)) {
      bridge.addTo(operations);
      bridge.start();
      Service.await(stop, bridge::failure, () -> false);
    }
    return 0;
  }
}
