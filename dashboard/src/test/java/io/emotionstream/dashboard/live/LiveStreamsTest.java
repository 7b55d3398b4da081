// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.testkit.Distributions.window;
import static io.emotionstream.testkit.Events.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class LiveStreamsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration SIZE = Duration.ofSeconds(10);
  private static final Selection LOBBY = Selection.named(List.of("lobby"));
  private static final Selection ALL =
      new Selection(List.of(), Optional.empty(), "", Selection.Sort.NAME, 0, 24);

  private Instant now = NOON;
  private long nanos;
  private final LiveState state = new LiveState(() -> now, NOON, 100, Map.of());
  private final LiveStreams streams = new LiveStreams(state, 2, () -> nanos);

  @Test
  void tellsOnlyWhatIsNew() {
    see("lobby");
    state.window(window("lobby", NOON, SIZE).counting(HAPPY, 7).build(), true);
    state.tick();
    Watcher watcher = watch(LOBBY, OptionalLong.empty());
    state.window(window("lobby", NOON.plus(SIZE), SIZE).counting(HAPPY, 8).build(), true);
    tick();
    tick();

    assertThat(watcher.written).hasSize(2);
    assertThat(watcher.written.get(0)).startsWith("event: snapshot\nid: ").contains("\"total\":7");
    assertThat(watcher.written.get(0)).contains("\"selection\":[\"lobby\"]").endsWith("\n\n");
    assertThat(watcher.written.get(1))
        .startsWith("event: update\nid: ")
        .contains("\"total\":8")
        .doesNotContain("\"total\":7")
        .doesNotContain("selection");
  }

  @Test
  void tellsEverythingOfACameraThatComesIntoTheSelection() {
    state.tick();
    Watcher watcher = watch(ALL, OptionalLong.empty());
    see("lobby");
    state.window(window("lobby", NOON, SIZE).counting(HAPPY, 7).build(), true);
    state.tick(); // one that the stream is not told of
    tick();

    assertThat(watcher.written.get(1))
        .contains("\"selection\":[\"lobby\"]")
        .contains("\"total\":7");
  }

  @Test
  void givesASlowStreamOneMessageAtATimeAndDropsItWhenItStops() {
    Watcher slow = watch(LOBBY, OptionalLong.empty());
    slow.reads = false;
    for (int i = 0; i < 14; i++) {
      see("lobby");
      tick();
    }
    assertThat(slow.written).hasSize(2);

    slow.read();
    see("lobby");
    tick();
    assertThat(slow.written).hasSize(3);
    assertThat(slow.written.get(2)).contains("\"faces\":15");

    for (int i = 0; i < 16; i++) {
      tick();
    }
    assertThat(slow.ended).isTrue();
    assertThat(streams.size()).isZero();
    assertThat(streams.dropped()).isEqualTo(1);
  }

  @Test
  void saysThatItIsAliveWhenNothingHappens() {
    Watcher watcher = watch(LOBBY, OptionalLong.empty());
    for (int i = 0; i < 31; i++) {
      tick();
    }

    assertThat(watcher.written).hasSize(3);
    assertThat(watcher.written.get(2)).isEqualTo(": alive\n\n");
  }

  @Test
  void allowsNoMoreThanItsNumber() {
    watch(LOBBY, OptionalLong.empty());
    Watcher second = watch(ALL, OptionalLong.empty());

    assertThat(streams.add(ALL, OptionalLong.empty(), new Watcher())).isFalse();

    second.fail();
    assertThat(streams.add(ALL, OptionalLong.empty(), new Watcher())).isTrue();
  }

  @Test
  void resumesOnlyWhatItCanTellWhole() {
    see("lobby");
    long known = tick();
    see("lobby");
    tick();

    assertThat(first(LOBBY, known)).startsWith("event: update").contains("\"faces\":2");
    assertThat(first(ALL, known)).startsWith("event: update");
    assertThat(first(LOBBY, known + 1_000)).startsWith("event: snapshot"); // another server's
    assertThat(first(LOBBY, known - 1_000)).startsWith("event: snapshot");

    see("yard");
    tick();
    assertThat(first(ALL, known)).startsWith("event: snapshot"); // who is on the page changed
    assertThat(first(LOBBY, known)).startsWith("event: update");

    for (int i = 0; i <= WindowTrail.LENGTH; i++) {
      Instant start = NOON.plus(SIZE.multipliedBy(i));
      state.window(window("lobby", start, SIZE).counting(HAPPY, 1).build(), true);
    }
    tick();
    assertThat(first(LOBBY, known)).startsWith("event: snapshot"); // a window is lost
  }

  @Test
  void makesOneMessageForAllThatWantTheSame() {
    see("lobby");
    state.tick();
    Watcher one = watch(ALL, OptionalLong.empty());
    Watcher other = watch(ALL, OptionalLong.empty());
    see("lobby");
    tick();

    assertThat(one.arrays.get(1)).isSameAs(other.arrays.get(1));
  }

  private String first(Selection selection, long lastVersion) {
    Watcher watcher = watch(selection, OptionalLong.of(lastVersion));
    watcher.fail();
    return watcher.written.get(0);
  }

  private Watcher watch(Selection selection, OptionalLong lastVersion) {
    Watcher watcher = new Watcher();
    assertThat(streams.add(selection, lastVersion, watcher)).isTrue();
    return watcher;
  }

  private void see(String camera) {
    state.event(event(camera, HAPPY, NOON).build(), true);
  }

  private long tick() {
    nanos += Duration.ofSeconds(1).toNanos();
    LiveView view = state.tick();
    streams.tell(view);
    return view.version();
  }

  private static final class Watcher implements Subscriber {
    private final List<String> written = new ArrayList<>();
    private final List<byte[]> arrays = new ArrayList<>();
    private Callback pending = Callback.NOOP;
    private boolean reads = true;
    private boolean ended;

    @Override
    public void write(ByteBuffer bytes, Callback done) {
      written.add(new String(bytes.array(), UTF_8));
      arrays.add(bytes.array());
      pending = done;
      if (reads) {
        done.succeeded();
      }
    }

    @Override
    public void end() {
      ended = true;
    }

    void read() {
      pending.succeeded();
    }

    void fail() {
      pending.failed(new IOException("gone"));
    }
  }
}
