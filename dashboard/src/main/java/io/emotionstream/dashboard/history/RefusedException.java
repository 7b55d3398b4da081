// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

/** A parameter that turned out not to fit what is stored. */
public final class RefusedException extends Exception {
  private final String parameter;
  private final String value;

  RefusedException(String parameter, String value, String message) {
    super(message);
    this.parameter = parameter;
    this.value = value;
  }

  public String parameter() {
    return parameter;
  }

  public String value() {
    return value;
  }
}
