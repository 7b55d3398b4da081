// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.source.VideoSpec;
import io.emotionstream.ingest.video.FinderSettings;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One camera, as the operator wants it.
 *
 * @param id record key of all it shows: letters, digits, {@code .}, {@code _} and {@code -}
 * @param source where its pictures come from
 * @param finder which faces are looked for
 * @param dropPolicy what gives way where pictures come faster than they are searched
 * @param frozenAfter how long a picture may stay exactly the same before the camera counts as
 *     frozen and is opened again; zero for as long as it likes
 * @param enabled whether it is opened at all
 */
public record CameraSpec(
    String id,
    VideoSpec source,
    FinderSettings finder,
    DropPolicy dropPolicy,
    Duration frozenAfter,
    boolean enabled) {
  /** Patience with a picture that stays the same, where nothing else is wanted. */
  public static final Duration DEFAULT_FROZEN_AFTER = Duration.ofSeconds(30);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  public CameraSpec {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a camera id is 1 to 100 letters, digits, '.', '_' or '-', was '" + id + "'");
    }
    if (frozenAfter.isNegative()) {
      throw new IllegalArgumentException(
          "frozen-after of %s must not be negative, was %s".formatted(id, frozenAfter));
    }
  }
}
