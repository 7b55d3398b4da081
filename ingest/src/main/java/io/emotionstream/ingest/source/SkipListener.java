// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

/** Hears of each row and file that a source left out. */
@FunctionalInterface
public interface SkipListener {
  void skipped(Skipped skipped);
}
