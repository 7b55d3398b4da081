// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The schema registry does not answer: nothing is wrong with the record, it is to come again. */
@NullMarked
public final class RegistryException extends RetriableException {
  private static final long serialVersionUID = 1;

  RegistryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
