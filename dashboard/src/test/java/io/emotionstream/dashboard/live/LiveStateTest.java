// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import static io.emotionstream.schemas.Emotion.HAPPY;
import static io.emotionstream.schemas.Emotion.SAD;
import static io.emotionstream.testkit.Distributions.window;
import static io.emotionstream.testkit.Events.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.WindowClosing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveStateTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration SIZE = Duration.ofSeconds(10);

  private Instant now = NOON;
  private final LiveState state = new LiveState(() -> now, NOON, 3, Map.of());

  @Test
  void marksACameraSilentWhenItsNewestWindowIsEmptyAndLiveWithTheNextFace() {
    see("lobby", 1);
    assertThat(stateOf("lobby")).isEqualTo(CameraState.LIVE);

    state.window(window("lobby", NOON, SIZE).counting(HAPPY, 1).build(), true);
    assertThat(stateOf("lobby")).isEqualTo(CameraState.LIVE);

    state.window(window("lobby", NOON.plusSeconds(10), SIZE).alive(5).build(), true);
    assertThat(stateOf("lobby")).isEqualTo(CameraState.SILENT);

    see("lobby", 21);
    assertThat(stateOf("lobby")).isEqualTo(CameraState.LIVE);
  }

  @Test
  void marksACameraGoneThatEndedOrIdledOrOfWhichNothingComes() {
    state.window(
        window("ended", NOON, SIZE).counting(HAPPY, 1).closedBy(WindowClosing.CAMERA_ENDED).build(),
        true);
    state.window(window("idle", NOON, SIZE).alive(1).closedBy(WindowClosing.IDLE).build(), true);
    state.window(window("there", NOON, SIZE).alive(1).build(), true);

    assertThat(stateOf("ended")).isEqualTo(CameraState.GONE);
    assertThat(stateOf("idle")).isEqualTo(CameraState.GONE);
    assertThat(stateOf("there")).isEqualTo(CameraState.SILENT);

    now = NOON.plusSeconds(60);
    assertThat(stateOf("there")).isEqualTo(CameraState.SILENT);
    now = NOON.plusSeconds(61);
    assertThat(stateOf("there")).isEqualTo(CameraState.GONE);

    see("ended", 70);
    assertThat(stateOf("ended")).isEqualTo(CameraState.LIVE);
  }

  @Test
  void readsOldRecordsAsOld() {
    state.event(event("lobby", HAPPY, NOON.minusSeconds(300)).build(), false);

    assertThat(stateOf("lobby")).isEqualTo(CameraState.GONE);
    assertThat(json("lobby")).contains("\"facesPerSecond\":0.0").contains("\"faces\":1");
  }

  @Test
  void keepsTheLastWindowsOfTheFinestKindInOrder() {
    for (int i = 39; i >= 0; i--) {
      state.window(
          window("lobby", NOON.plusSeconds(10L * i), SIZE).counting(SAD, i + 1).build(), true);
    }
    state.window(window("lobby", NOON, Duration.ofMinutes(1)).counting(SAD, 6).build(), true);
    CameraView lobby = requireNonNull(state.tick().camera("lobby"));

    List<String> windows =
        lobby.windows().stream().map(window -> new String(window.json(), UTF_8)).toList();
    assertThat(windows).hasSize(WindowTrail.LENGTH);
    assertThat(windows.get(0)).contains("\"total\":11");
    assertThat(windows.get(29)).contains("\"total\":40");
    assertThat(lobby.lostVersion()).isPositive();
    assertThat(state.view().windowSizes()).containsExactly(10_000L, 60_000L);
  }

  @Test
  void goesOverToCoarserWindowsWhenTheFinerOnesCease() {
    state.window(window("lobby", NOON, SIZE).counting(SAD, 1).build(), true);
    Duration minute = Duration.ofMinutes(1);
    state.window(window("lobby", NOON, minute).counting(SAD, 1).build(), true);
    assertThat(windows("lobby")).singleElement().asString().contains("\"sizeMs\":10000");

    state.window(window("lobby", NOON.plus(minute), minute).counting(SAD, 1).build(), true);
    assertThat(windows("lobby")).singleElement().asString().contains("\"sizeMs\":60000");
  }

  @Test
  void holdsNoMoreCamerasThanItMayAndSaysSo() {
    see("one", 0);
    see("two", 0);
    see("three", 0);
    see("four", 0);

    assertThat(ids()).containsExactly("one", "three", "two");
    assertThat(state.turnedAway()).isEqualTo(1);
    assertThat(new String(state.view().totals().json(), UTF_8))
        .contains("\"faces\":4")
        .contains("\"recordsTurnedAway\":1");

    now = NOON.plusSeconds(100);
    see("two", 100);
    see("four", 100);
    assertThat(ids()).containsExactly("four", "three", "two"); // one was gone for longest
  }

  @Test
  void tellsNoDeadLettersFromUnknownOnes() {
    state.tick();
    assertThat(new String(state.view().totals().json(), UTF_8)).contains("\"deadLetters\":{}");

    state.deadLettersAreUnknown();
    state.tick();
    assertThat(new String(state.view().totals().json(), UTF_8)).contains("\"deadLetters\":null");
  }

  @Test
  void doesNotTakeAbsurdlyLongNames() {
    see("x".repeat(257), 0);

    assertThat(ids()).isEmpty();
  }

  @Test
  void changesAVersionOnlyWithWhatIsSeen() {
    see("lobby", 0);
    now = NOON.plusSeconds(120);
    CameraView first = requireNonNull(state.tick().camera("lobby"));
    Fragment totals = state.view().totals();

    assertThat(requireNonNull(state.tick().camera("lobby"))).isSameAs(first);
    assertThat(state.view().totals()).isSameAs(totals);
  }

  @Test
  void sortsAndFilters() {
    see("b", 0);
    see("B2", 0);
    see("B2", 1);
    state.window(window("c", NOON, SIZE).alive(1).build(), true);
    LiveView view = state.tick();

    assertThat(ids(selection(Optional.empty(), "", Selection.Sort.FACES), view))
        .containsExactly("B2", "b", "c");
    assertThat(ids(selection(Optional.empty(), "", Selection.Sort.STATE), view))
        .containsExactly("c", "B2", "b");
    assertThat(ids(selection(Optional.of(CameraState.LIVE), "", Selection.Sort.NAME), view))
        .containsExactly("B2", "b");
    assertThat(ids(selection(Optional.empty(), "b2", Selection.Sort.NAME), view))
        .containsExactly("B2");
    assertThat(ids(Selection.named(List.of("c", "nobody", "b")), view)).containsExactly("c", "b");
  }

  private static Selection selection(
      Optional<CameraState> wanted, String query, Selection.Sort sort) {
    return new Selection(List.of(), wanted, query, sort, 0, 10);
  }

  private static List<String> ids(Selection selection, LiveView view) {
    return selection.in(view).stream().map(CameraView::id).toList();
  }

  private void see(String camera, int second) {
    state.event(event(camera, HAPPY, NOON.plusSeconds(second)).build(), true);
  }

  private List<String> ids() {
    return state.tick().cameras().stream().map(CameraView::id).toList();
  }

  private CameraState stateOf(String camera) {
    return requireNonNull(state.tick().camera(camera)).state();
  }

  private String json(String camera) {
    return new String(requireNonNull(state.tick().camera(camera)).json(), UTF_8);
  }

  private List<String> windows(String camera) {
    return requireNonNull(state.tick().camera(camera)).windows().stream()
        .map(window -> new String(window.json(), UTF_8))
        .toList();
  }
}
