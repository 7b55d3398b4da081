// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.Topic;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Work that an earlier run in the same data directory left behind when it was killed: frames not
 * yet classified, windows not yet closed, rows not yet stored. It is finished first, so that the
 * books of a run hold that run alone.
 */
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final String classifierGroup;
  private final String sinkGroup;

  Leftovers(Map<String, Object> kafka, Topics topics, String classifierGroup, String sinkGroup) {
    this.kafka = kafka;
    this.topics = topics;
    this.classifierGroup = classifierGroup;
    this.sinkGroup = sinkGroup;
  }

  /**
   * Waits until all of it is stored, after ending every camera in {@code cameras}, whose open
   * windows close by that.
   *
   * @throws IllegalStateException if that takes longer than five minutes
   */
  void settle(Set<String> cameras, Instant now) throws ExecutionException, InterruptedException {
    endCameras(cameras, now);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Admin admin = Admin.create(kafka)) {
      awaitNoLag(admin, classifierGroup, List.of(topics.faceFrames()), deadline);
      awaitNoLag(
          admin, sinkGroup, List.of(topics.emotionEvents(), topics.distributions()), deadline);
    }
  }

  private void endCameras(Set<String> cameras, Instant now) {
    AvroSerde<CameraHeartbeat> serde = AvroSerde.of(CameraHeartbeat.class);
    try (KafkaProducer<String, CameraHeartbeat> producer =
        new KafkaProducer<>(kafka, new StringSerializer(), serde.serializer())) {
      for (String camera : cameras) {
        producer.send(
            new ProducerRecord<>(
                topics.faceFrames().name(),
                null,
                now.toEpochMilli(),
                camera,
                new CameraHeartbeat(camera, now, true)));
      }
    }
  }

  private static void awaitNoLag(Admin admin, String group, List<Topic> topics, long deadline)
      throws ExecutionException, InterruptedException {
    long lag = lag(admin, group, topics);
    while (lag > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s is still %d records behind after %d minutes: look at its log"
                .formatted(group, lag, PATIENCE.toMinutes()));
      }
      TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      lag = lag(admin, group, topics);
    }
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
