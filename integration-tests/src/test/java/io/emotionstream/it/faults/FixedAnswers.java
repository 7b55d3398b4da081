// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.classifier.ClassifierStream;
import io.emotionstream.classifier.DistributionWindow;
import io.emotionstream.launcher.StopSignal;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.FixedAnswerClassifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * The classify stage with a network that fails on request. Arguments: bootstrap servers, topic
 * prefix, state directory.
 */
final class FixedAnswers {
  private FixedAnswers() {}

  public static void main(String[] arguments) throws Exception {
    Topics topics = new Topics(arguments[1], Topics.DEFAULT_PARTITIONS, (short) -1);
    ClassifierConfig defaults = ClassifierConfig.defaults();
    ClassifierConfig config =
        new ClassifierConfig(
            new DistributionWindow(Installation.WINDOW, Installation.GRACE),
            defaults.maxBatch(),
            Duration.ofMillis(100),
            2,
            defaults.maxFaceSide(),
            defaults.maxClockSkew());
    Map<String, Object> kafka =
        Map.of(
            "bootstrap.servers",
            arguments[0],
            "application.id",
            Installation.applicationId(topics),
            "session.timeout.ms",
            "6000",
            "heartbeat.interval.ms",
            "1000",
            "state.dir",
            arguments[2]);
    StopSignal stop = StopSignal.install();
    try (ClassifierStream stream =
        new ClassifierStream(
            config, topics, FixedAnswerClassifier::new, kafka, InstantSource.system())) {
      stream.start();
      while (!stop.await(Duration.ofSeconds(1))) {
        stream
            .failure()
            .ifPresent(
                failure -> {
                  throw new IllegalStateException(failure);
                });
      }
    }
  }
}
