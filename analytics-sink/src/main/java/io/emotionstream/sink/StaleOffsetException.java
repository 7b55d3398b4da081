// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

/** Another sink has moved a partition's stored offset: this one's batch must not be written. */
final class StaleOffsetException extends RuntimeException {
  StaleOffsetException(Advance advance) {
    super(
        "stored offset of %s-%d is no longer %s: another sink has written this partition"
            .formatted(
                advance.partition().topic(),
                advance.partition().partition(),
                advance.expected().isPresent() ? advance.expected().getAsLong() : "absent"));
  }
}
