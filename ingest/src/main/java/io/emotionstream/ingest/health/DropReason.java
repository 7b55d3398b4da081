// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import java.util.Locale;

/** Why something of a camera was not sent, beside a face's own faults. */
public enum DropReason {
  /** Packets that came faster than they could be decoded; counted in packets. */
  DECODER_BUSY,
  /** Pictures for which a newer one was there already; counted in pictures. */
  SUPERSEDED,
  /** Faces and heartbeats that the broker did not take in time; counted in records. */
  BROKER;

  /** Returns the name as it stands in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
