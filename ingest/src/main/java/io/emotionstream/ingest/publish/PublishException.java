// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.publish;

/** A frame or a heartbeat did not reach the topic, and will not. */
public final class PublishException extends RuntimeException {
  PublishException(String message, Throwable cause) {
    super(message, cause);
  }
}
