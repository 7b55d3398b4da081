// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.live;

/**
 * How the reading of the emotion topics goes.
 *
 * @param isConnected whether the brokers answered last time, and the topics are there
 * @param hasCaughtUp whether everything was read that was on the topics at the start
 * @param lagRecords records that are on the topics and not read yet, when it was last asked
 * @param message what is wrong; empty if nothing is
 */
public record KafkaStatus(
    boolean isConnected, boolean hasCaughtUp, long lagRecords, String message) {
  static KafkaStatus away(String message) {
    return new KafkaStatus(false, false, 0, message);
  }
}
