// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emotionstream.embedded.EmbeddedBroker;
import io.emotionstream.embedded.EmbeddedDatabase;
import io.emotionstream.launcher.Main;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo in a kept directory, killed with everything in it: what it left is finished by the next.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DemoKilledIT {
  private static final Pattern DATABASE = Pattern.compile("PostgreSQL +(jdbc:\\S+)");
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void finishesWhatAKilledRunLeftAndBalancesItsOwnBooks() throws Exception {
    Path data = directory.resolve("data");
    Stage killed = demo("killed", data, 100_000);
    await().atMost(LIMIT).until(() -> stored("killed") > 100);
    killed.kill();

    Stage next = demo("next", data, 300);
    assertThat(next.awaitEnd()).as(next.lastLines()).isZero();

    assertThat(Files.readString(log("next"))).contains("frames published 300 ");
    requireEachFrameAnsweredOnce(data);
  }

  private Stage demo(String name, Path data, int faces) {
    return Stage.start(
        name,
        directory,
        Main.class,
        List.of(
            "demo",
            "--data-dir=" + data,
            "--port=0",
            "--window=2s",
            "--source=synthetic:?seed=3&count=" + faces,
            "--rate=100"));
  }

  /** Of both runs: on the topics and in the tables. */
  private static void requireEachFrameAnsweredOnce(Path data) throws Exception {
    Topics topics = new Topics("", Topics.DEFAULT_PARTITIONS, (short) 1);
    List<String> published = new ArrayList<>();
    List<EmotionEvent> events = new ArrayList<>();
    try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("kafka"))) {
      TestBroker records = TestBroker.at(broker.bootstrapServers());
      AvroSerde<SpecificRecord> frames = AvroSerde.of(FaceFrame.class, CameraHeartbeat.class);
      records
          .committed(topics.faceFrames(), frames)
          .forEach(
              record -> {
                if (record.value() instanceof FaceFrame frame) {
                  published.add(frame.getFrameId());
                }
              });
      AvroSerde<EmotionEvent> serde = AvroSerde.of(EmotionEvent.class);
      records
          .committed(topics.emotionEvents(), serde)
          .forEach(record -> events.add(record.value()));
    }
    assertThat(published).hasSizeGreaterThan(400);
    assertThat(events)
        .extracting(EmotionEvent::getFrameId)
        .containsExactlyInAnyOrderElementsOf(published);
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data.resolve("postgres"))) {
      assertThat(Rows.number(database.jdbcUrl(), "select count(*) from emotion_events"))
          .isEqualTo(published.size());
      assertThat(
              Rows.number(
                  database.jdbcUrl(),
                  "select (select sum(total) from emotion_distributions)::bigint"
                      + " + (select count(*) from emotion_late_events)"))
          .isEqualTo(published.size());
    }
  }

  private long stored(String name) throws Exception {
    Matcher database = DATABASE.matcher(Files.readString(log(name)));
    try {
      return database.find()
          ? Rows.number(database.group(1), "select count(*) from emotion_events")
          : 0;
    } catch (SQLException e) { // no tables yet
      return 0;
    }
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }
}
