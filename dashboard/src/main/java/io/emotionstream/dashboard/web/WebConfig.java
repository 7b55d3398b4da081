// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import java.util.Optional;

/**
 * Where the page is, and who may see it.
 *
 * @param version of this product, as the page shows it
 * @param host address to listen at: {@value #THIS_MACHINE} for this machine only, {@code 0.0.0.0}
 *     for everybody who can reach it
 * @param port to listen at; 0 for any that is free
 * @param token that requests have to send; empty for none. At least 16 characters of those that RFC
 *     6750 allows
 * @param tls certificate and key; empty for plain HTTP
 */
public record WebConfig(
    String version, String host, int port, Optional<String> token, Optional<TlsConfig> tls) {
  public static final String THIS_MACHINE = "127.0.0.1";
  public static final int DEFAULT_PORT = 8080;

  public WebConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 0 and 65535, was " + port);
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must be an address or a name, was empty");
    }
    token.ifPresent(
        text -> {
          if (!text.matches("[A-Za-z0-9._~+/=-]{16,1000}")) {
            throw new IllegalArgumentException(
                ("the token must be 16 to 1000 letters, digits or any of ._~+/=- (%d characters were"
                        + " given): make one with 'openssl rand -base64 32'")
                    .formatted(text.length()));
          }
        });
  }

  /** Returns whether only programs on this machine can connect. */
  public boolean isLocal() {
    return Guard.isLoopback(host);
  }

  @Override
  public String toString() {
    return "WebConfig[host=%s, port=%d, token=%s, tls=%s]"
        .formatted(host, port, token.isPresent() ? "***" : "none", tls);
  }
}
