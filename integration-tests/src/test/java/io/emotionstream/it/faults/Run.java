// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.faults;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A run that has come to its end, as it can be read from the topics and the tables.
 *
 * @param settled whether nothing more was to come; false if it stood still before that
 */
record Run(Publication publication, Outcome outcome, Rows rows, boolean settled) {

  /** Every frame is answered once, the books balance, and all is as in the undisturbed run. */
  void requireAsUndisturbed(Run undisturbed) {
    requireBalanced();
    assertThat(
            Fields.differences(
                undisturbed.outcome.windows(), outcome.windows(), Run::windowName, Fields::of))
        .as("windows, against the undisturbed run's")
        .isEmpty();
    assertThat(
            Fields.differences(
                undisturbed.outcome.events(),
                outcome.events(),
                EmotionEvent::getFrameId,
                Fields::of))
        .as("events, against the undisturbed run's")
        .isEmpty();
    assertThat(outcome.framesByCamera())
        .as("order of each camera's events")
        .isEqualTo(undisturbed.outcome.framesByCamera());
    assertThat(lateFrames()).as("late faces").isEqualTo(undisturbed.lateFrames());
    assertThat(rows.differencesTo(undisturbed.rows))
        .as("rows, against the undisturbed run's")
        .isEmpty();
  }

  /** Every frame is answered once, and what is stored is what is on the topics. */
  void requireBalanced() {
    requireEachAnsweredOnce();
    assertThat(outcome.windows().stream().mapToLong(EmotionDistribution::getTotal).sum())
        .as("faces in windows, of %d events and %d late", outcome.events().size(), late())
        .isEqualTo(outcome.events().size() - late());
    assertThat(rows.differencesTo(outcome)).as("rows, against the topics").isEmpty();
    assertThat(rows.rejected()).as("rejected records").isEmpty();
    assertThat(settled).as("came to its end before it stood still").isTrue();
  }

  private void requireEachAnsweredOnce() {
    List<String> answers =
        Stream.concat(
                outcome.events().stream().map(EmotionEvent::getFrameId),
                outcome.deadLetters().stream().map(publication::idOf))
            .toList();
    Set<String> published = publication.ids();
    Set<String> lost = new TreeSet<>(published);
    answers.forEach(lost::remove);
    Set<String> twice = new TreeSet<>();
    answers.stream()
        .collect(groupingBy(id -> id))
        .forEach(
            (id, all) -> {
              if (all.size() > 1) {
                twice.add(id);
              }
            });
    Set<String> unknown = new TreeSet<>(answers);
    unknown.removeAll(published);
    assertThat(lost).as("of %d frames, never answered", published.size()).isEmpty();
    assertThat(twice).as("of %d frames, answered more than once", published.size()).isEmpty();
    assertThat(unknown).as("answered, but never published").isEmpty();
  }

  private long late() {
    return outcome.late().size();
  }

  private Set<String> lateFrames() {
    return new TreeSet<>(outcome.late().stream().map(EmotionEvent::getFrameId).toList());
  }

  private static String windowName(EmotionDistribution window) {
    return "window of %s from %s to %s"
        .formatted(window.getCameraId(), window.getWindowStart(), window.getWindowEnd());
  }
}
