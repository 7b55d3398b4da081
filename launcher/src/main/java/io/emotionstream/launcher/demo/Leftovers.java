// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Work that an earlier run in the same data directory left behind when it was killed: frames not
 * yet classified, windows not yet closed, rows not yet stored. It is finished first, so that the
 * books of a run hold that run alone.
 */
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final String classifierGroup;
  private final String sinkGroup;
  private final DoubleSupplier waitingFrames;

  /**
   * @param waitingFrames frames that the classifier has read but not answered
   */
  Leftovers(
      Map<String, Object> kafka,
      Topics topics,
      String classifierGroup,
      String sinkGroup,
      DoubleSupplier waitingFrames) {
    this.kafka = kafka;
    this.topics = topics;
    this.classifierGroup = classifierGroup;
    this.sinkGroup = sinkGroup;
    this.waitingFrames = waitingFrames;
  }

  /**
   * Waits until all of it is stored, after ending every camera in {@code cameras}, whose open
   * windows close by that.
   *
   * @throws IllegalStateException if nothing moves for a minute before that
   */
  void settle(Set<String> cameras, Instant now) throws ExecutionException, InterruptedException {
    endCameras(cameras, now);
    try (Admin admin = Admin.create(kafka)) {
      // Twice, an interval apart: an answer may be on its way between two looks.
      for (int settled = 0; settled < 2; settled++) {
        awaitNoLag(admin);
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      }
    }
  }

  private void endCameras(Set<String> cameras, Instant now)
      throws ExecutionException, InterruptedException {
    AvroSerde<CameraHeartbeat> serde = AvroSerde.of(CameraHeartbeat.class);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<String, CameraHeartbeat> producer =
        new KafkaProducer<>(kafka, new StringSerializer(), serde.serializer())) {
      for (String camera : cameras) {
        CameraHeartbeat end = new CameraHeartbeat(camera, now, true);
        String topic = topics.faceFrames().name();
        sent.add(producer.send(new ProducerRecord<>(topic, null, now.toEpochMilli(), camera, end)));
      }
    }
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  private void awaitNoLag(Admin admin) throws ExecutionException, InterruptedException {
    double lag = lag(admin);
    long movedAt = System.nanoTime();
    while (lag > 0) {
      if (System.nanoTime() - movedAt > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "what an earlier run left in --data-dir is not finished, %.0f records are left and none"
                    .formatted(lag)
                + " was handled for a minute: look at the log, or take another folder");
      }
      TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      double left = lag(admin);
      if (left != lag) {
        movedAt = System.nanoTime();
        lag = left;
      }
    }
  }

  /** Returns what is between the topics' ends and the tables. */
  private double lag(Admin admin) throws ExecutionException, InterruptedException {
    return lag(admin, classifierGroup, List.of(topics.faceFrames()))
        + waitingFrames.getAsDouble()
        + lag(
            admin,
            sinkGroup,
            List.of(topics.emotionEvents(), topics.lateEvents(), topics.distributions()));
  }

  private static long lag(Admin admin, String group, List<Topic> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    long lag = 0;
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends(admin, topics).entrySet()) {
      OffsetAndMetadata position = committed.get(end.getKey());
      lag += end.getValue().offset() - (position == null ? 0 : position.offset());
    }
    return lag;
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> ends(Admin admin, List<Topic> topics)
      throws ExecutionException, InterruptedException {
    List<String> names = topics.stream().map(Topic::name).toList();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  latest.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.latest()));
    }
    ListOffsetsOptions committedOnly = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    return admin.listOffsets(latest, committedOnly).all().get();
  }
}
