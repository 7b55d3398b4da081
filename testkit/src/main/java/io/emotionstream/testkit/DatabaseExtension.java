// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link TestDatabase}, empty and of their own, as a parameter.
 *
 * <p>A test and its {@code @BeforeEach} and {@code @AfterEach} methods get the same one. Where a
 * class takes it in {@code @BeforeAll}, all its tests get that one. All tests of a JVM share one
 * embedded PostgreSQL server, started for the first of them and stopped after the last.
 */
public final class DatabaseExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(DatabaseExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestDatabase.class;
  }

  @Override
  public TestDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
    SharedDatabase server =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(SharedDatabase.class, key -> start(), SharedDatabase.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(TestDatabase.class, key -> create(server), TestDatabase.class);
  }

  private static SharedDatabase start() {
    try {
      return SharedDatabase.start();
    } catch (IOException | SQLException e) {
      throw new ParameterResolutionException("no database server for the tests", e);
    }
  }

  private static TestDatabase create(SharedDatabase server) {
    try {
      return new TestDatabase(server.createDatabase());
    } catch (SQLException e) {
      throw new ParameterResolutionException("no database for the test", e);
    }
  }
}
