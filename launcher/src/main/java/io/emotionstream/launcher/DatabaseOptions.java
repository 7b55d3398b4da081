// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.operations.DatabaseLogin;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the database is, and who connects to it. */
final class DatabaseOptions {
  private static final String DEFAULT_URL = "jdbc:postgresql://localhost:5432/emotion";

  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      description = "PostgreSQL 14 or newer (default: " + DEFAULT_URL + ").",
      // Not ${DEFAULT-VALUE}: it would show a URL from file or environment, with its password.
      defaultValue = DEFAULT_URL)
  private String url;

  @Option(
      names = "--jdbc-user",
      paramLabel = "NAME",
      description = "Database user, if the URL does not name one.",
      defaultValue = "")
  private String user;

  @Option(
      names = "--jdbc-password",
      paramLabel = "SECRET",
      description = "Database password; better given as EMOTION_JDBC_PASSWORD, or in a file.",
      defaultValue = "")
  private String password;

  @Option(
      names = "--jdbc-password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the database password.")
  private @Nullable Path passwordFile;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DatabaseOptions() {}

  /**
   * Returns where the database is, and who connects to it.
   *
   * @throws IOException if the password's file cannot be read
   * @throws IllegalArgumentException if the URL is none, or the password is given twice
   */
  DatabaseLogin login() throws IOException {
    return new DatabaseLogin(url, user, password());
  }

  private String password() throws IOException {
    if (passwordFile == null) {
      return password;
    }
    if (!password.isEmpty()) {
      throw new IllegalArgumentException(
          "the database password is given twice: leave out --jdbc-password or"
              + " --jdbc-password-file");
    }
    try {
      return Files.readString(passwordFile).lines().findFirst().orElse("");
    } catch (NoSuchFileException e) {
      throw new IOException("no file " + passwordFile + " (--jdbc-password-file)", e);
    } catch (CharacterCodingException e) {
      throw new IOException(passwordFile + " (--jdbc-password-file) is not UTF-8", e);
    }
  }
}
