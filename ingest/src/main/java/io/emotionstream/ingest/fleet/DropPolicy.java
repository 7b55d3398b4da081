// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.source.VideoSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happens to pictures that cannot be searched as fast as they come. */
public enum DropPolicy {
  /**
   * A picture for which a newer one is there gives way to it, and is counted; one in 200 ms is
   * searched however many wait. So what is counted is about now.
   */
  LATEST_WINS,
  /**
   * Every picture is searched, however late. A recording waits meanwhile. A live camera cannot be
   * told to wait: what it sends beyond its queue of packets is lost, and counted.
   */
  NONE;

  /** Returns the name as it stands in settings, such as {@code latest-wins}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the policy with this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DropPolicy parse(String label) {
    return Arrays.stream(values())
        .filter(policy -> policy.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "drop policy must be %s, was '%s'"
                        .formatted(
                            Arrays.stream(values())
                                .map(DropPolicy::label)
                                .collect(Collectors.joining(" or ")),
                            label)));
  }

  /** Returns what is usual: the latest picture of a camera counts, and each one of a recording. */
  static DropPolicy usual(VideoSpec source) {
    return source.isLive() || source.realtime() ? LATEST_WINS : NONE;
  }
}
