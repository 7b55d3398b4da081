// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

/**
 * Why the database gave no answer, in words for whoever asked. The cause stays on this side: it may
 * name hosts and roles.
 */
public final class HistoryException extends Exception {
  HistoryException(String message, Throwable cause) {
    super(message, cause);
  }

  HistoryException(String message) {
    super(message);
  }
}
