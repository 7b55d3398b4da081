// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import java.time.Duration;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is, and who connects to it. Shown without secrets.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host[:port]/database[?options]}; PostgreSQL 14 or newer
 * @param user role to connect as; empty for the URL's, else the operating system's user
 * @param password its password; empty for the URL's, else none
 */
public record DatabaseLogin(String jdbcUrl, String user, String password) {
  public DatabaseLogin {
    if (!jdbcUrl.startsWith("jdbc:postgresql:") || Driver.parseURL(jdbcUrl, null) == null) {
      throw new IllegalArgumentException(
          "jdbcUrl must look like jdbc:postgresql://host:5432/database, was '%s'"
              .formatted(mask(jdbcUrl)));
    }
  }

  /** Returns the URL without the secrets that it may carry: fit for logs and messages. */
  public String maskedUrl() {
    return mask(jdbcUrl);
  }

  /**
   * Returns what opens connections. Settings of the URL come before those given here.
   *
   * @param application name that the server shows for the connections
   * @param silence after which a server that vanished is given up
   */
  public PGSimpleDataSource newDataSource(String application, Duration silence) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    if (!user.isEmpty()) {
      source.setUser(user);
    }
    if (!password.isEmpty()) {
      source.setPassword(password);
    }
    source.setTcpKeepAlive(true);
    if (source.getSocketTimeout() == 0) {
      source.setSocketTimeout((int) silence.toSeconds());
    }
    if (!jdbcUrl.contains("ApplicationName=")) {
      source.setApplicationName(application);
    }
    return source;
  }

  @Override
  public String toString() {
    return "DatabaseLogin[jdbcUrl=%s, user=%s, password=%s]"
        .formatted(maskedUrl(), user, password.isEmpty() ? "" : "***");
  }

  private static String mask(String url) {
    return url.replaceAll("(?i)([?&](?:ssl)?password=)[^&]*", "$1***")
        .replaceAll("//([^/@:]*):[^/@]*@", "//$1:***@");
  }
}
