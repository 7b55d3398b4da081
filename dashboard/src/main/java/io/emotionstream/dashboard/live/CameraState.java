// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

import java.util.Locale;

/** What a camera is doing, as far as its records tell; in the order of concern, greatest first. */
public enum CameraState {
  /** It ended, idled until its windows were closed without it, or sends nothing any more. */
  GONE,
  /** It is there and shows no face. */
  SILENT,
  /** It shows faces. */
  LIVE;

  /** Returns how it is written: in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
