// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import java.util.Optional;

/**
 * Whether something that a process needs works. Asked by several threads, and often: it answers
 * from memory, without a network.
 */
@FunctionalInterface
public interface HealthCheck {
  /** Returns why it does not work, in one line without secrets; empty if it works. */
  Optional<String> problem();
}
