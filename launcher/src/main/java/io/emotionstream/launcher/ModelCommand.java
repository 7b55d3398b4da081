// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.classifier.BundleFetcher;
import io.emotionstream.classifier.BundleFetcher.Fetched;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.ModelChoice;
import io.emotionstream.schemas.RecordFormat;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells running classifiers which model to use. */
@Command(name = "model", description = "Choose the model that running classifiers use.")
final class ModelCommand {
  @Command(
      name = "use",
      description = {
        "Let every classifier use another model bundle from its next batch on, without a restart.",
        "The bundle is checked here first. A classifier that cannot fetch it, or finds other bytes,"
            + " refuses it, says so in its log, and goes on with the model it has."
      })
  int use(
      @Mixin KafkaOptions kafka,
      @Parameters(
              paramLabel = "FILE|URL",
              description = "A file that every classifier's machine has, or an https URL.")
          String location,
      @Option(
              names = "--sha256",
              paramLabel = "HEX",
              description = "What its SHA-256 must be (default: what it is found to be now).")
          @Nullable String sha256)
      throws IOException, InterruptedException, ExecutionException {
    String url = location.contains("://") ? location : Path.of(location).toUri().toString();
    Fetched fetched = BundleFetcher.fetch(url);
    if (sha256 != null && !sha256.toLowerCase(Locale.ROOT).equals(fetched.sha256())) {
      throw new IllegalArgumentException(
          "%s has SHA-256 %s, --sha256 is %s".formatted(url, fetched.sha256(), sha256));
    }
    try (EmotionClassifier classifier = fetched.bundle().newClassifier()) {
      publish(kafka, new ModelChoice(url, fetched.sha256(), now()));
      System.out.printf("model %s, SHA-256 %s, %s%n", classifier.modelId(), fetched.sha256(), url);
    }
    return 0;
  }

  private static void publish(KafkaOptions kafka, ModelChoice choice)
      throws InterruptedException, ExecutionException {
    Map<String, Object> settings = new HashMap<>(kafka.settings());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    AvroSerde<ModelChoice> serde = RecordFormat.of(settings).serde(ModelChoice.class);
    try (KafkaProducer<String, ModelChoice> producer =
        new KafkaProducer<>(settings, new StringSerializer(), serde.serializer())) {
      producer
          .send(new ProducerRecord<>(kafka.topics().models().name(), Topics.CURRENT_MODEL, choice))
          .get();
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
