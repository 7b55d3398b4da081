// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which cameras somebody wants to see: those named, or a page of all in some order.
 *
 * @param names cameras by name; empty for a page of all
 * @param state only those in this state
 * @param query only those whose name holds this text, whatever its case; empty for all
 * @param sort order; names keep the order in which they are given
 * @param offset how many to leave out
 * @param limit how many at most
 */
public record Selection(
    List<String> names,
    Optional<CameraState> state,
    String query,
    Sort sort,
    int offset,
    int limit) {

  /** Order of cameras; those that are alike are in the order of their names. */
  public enum Sort {
    NAME(Comparator.comparing(CameraView::id)),
    /** Most faces first. */
    FACES(Comparator.comparing(CameraView::faces).reversed().thenComparing(CameraView::id)),
    /** Greatest concern first: gone, silent, live. */
    STATE(Comparator.comparing(CameraView::state).thenComparing(CameraView::id));

    private final Comparator<CameraView> order;

    Sort(Comparator<CameraView> order) {
      this.order = order;
    }
  }

  public Selection {
    names = List.copyOf(names);
  }

  /** Selects cameras by name, in that order. */
  public static Selection named(List<String> names) {
    return new Selection(names, Optional.empty(), "", Sort.NAME, 0, names.size());
  }

  /** Returns the cameras of the page. */
  List<CameraView> in(LiveView view) {
    Stream<CameraView> all =
        names.isEmpty()
            ? matching(view)
            : names.stream().map(view::camera).filter(Objects::nonNull);
    return all.skip(offset).limit(limit).toList();
  }

  /** Returns how many cameras there are on all pages. */
  long total(LiveView view) {
    return names.isEmpty() ? matching(view).count() : in(view).size();
  }

  /**
   * Returns whether it has been the same cameras since the tick {@code since}: what was told of
   * them then need not be told again.
   */
  boolean isSteadySince(LiveView view, long since) {
    boolean dependsOnMembersOnly = state.isEmpty() && sort == Sort.NAME;
    return !names.isEmpty() || (dependsOnMembersOnly && view.membersVersion() <= since);
  }

  private Stream<CameraView> matching(LiveView view) {
    Stream<CameraView> cameras = view.cameras().stream();
    if (state.isPresent()) {
      cameras = cameras.filter(camera -> camera.state() == state.get());
    }
    if (!query.isEmpty()) {
      String text = query.toLowerCase(Locale.ROOT);
      cameras = cameras.filter(camera -> camera.id().toLowerCase(Locale.ROOT).contains(text));
    }
    return sort == Sort.NAME ? cameras : cameras.sorted(sort.order); // views are sorted by name
  }
}
