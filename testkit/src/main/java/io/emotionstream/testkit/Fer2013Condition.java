// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides for {@link RequiresFer2013}. */
final class Fer2013Condition implements ExecutionCondition {
  private static final Logger log = LoggerFactory.getLogger(Fer2013Condition.class);

  private final TestData data;

  Fer2013Condition() {
    this(TestData.here());
  }

  Fer2013Condition(TestData data) {
    this.data = data;
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return data.findFer2013()
        .map(file -> ConditionEvaluationResult.enabled("found " + file))
        .orElseGet(() -> skip(context));
  }

  private ConditionEvaluationResult skip(ExtensionContext context) {
    String reason = data.missing();
    log.warn("{} {}", context.getDisplayName(), reason);
    return ConditionEvaluationResult.disabled(reason);
  }
}
