// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link TestBroker} as a parameter of a constructor, a test or a life-cycle method.
 *
 * <p>All tests of a JVM share one broker, started for the first of them and stopped after the last:
 * a container where Docker runs, else one inside this process. Tests keep out of each other's way
 * by {@link TestBroker#newTopics()}.
 */
public final class BrokerExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(BrokerExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestBroker.class;
  }

  @Override
  public TestBroker resolveParameter(ParameterContext parameter, ExtensionContext context) {
    SharedBroker broker =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(SharedBroker.class, key -> start(), SharedBroker.class);
    return new TestBroker(broker.bootstrapServers());
  }

  private static SharedBroker start() {
    try {
      return SharedBroker.start();
    } catch (IOException e) {
      throw new UncheckedIOException("no broker for the tests", e);
    }
  }
}
