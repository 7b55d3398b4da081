// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.examples;

import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints each window that becomes final, until it is stopped. Arguments: brokers (default {@code
 * localhost:9092}) and, where the installation has one, the schema registry's URL.
 */
public final class PrintDistributions {
  private PrintDistributions() {}

  /** Runs until the process is ended. */
  public static void main(String[] arguments) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            arguments.length > 0 ? arguments[0] : "localhost:9092",
            "group.id",
            "print-distributions",
            "auto.offset.reset",
            "earliest",
            // Without it, windows of transactions that failed would be read, too.
            "isolation.level",
            "read_committed",
            RecordFormat.REGISTRY_URL,
            arguments.length > 1 ? arguments[1] : "");
    try (KafkaConsumer<String, EmotionDistribution> consumer =
        new KafkaConsumer<>(
            settings,
            new StringDeserializer(),
            RecordFormat.of(settings)
                .<EmotionDistribution>serde(EmotionDistribution.class)
                .deserializer())) {
      consumer.subscribe(List.of(Topics.defaults().distributions().name()));
      while (true) {
        for (ConsumerRecord<String, EmotionDistribution> record :
            consumer.poll(Duration.ofSeconds(1))) {
          print(record.value());
        }
      }
    }
  }

  private static void print(EmotionDistribution window) {
    System.out.printf(
        "%s %s to %s: %d faces %s%n",
        window.getCameraId(),
        window.getWindowStart(),
        window.getWindowEnd(),
        window.getTotal(),
        window.getCounts());
  }
}
