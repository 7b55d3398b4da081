// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Who may ask. With a token, who sends it; without one, whoever reaches the port.
 *
 * <p>On a port that only this machine reaches and that asks for no token, a request has to name
 * this machine: otherwise a page from elsewhere could have its own name point here and read
 * everything with the browser of somebody who works on this machine (DNS rebinding).
 */
final class Guard {
  private static final String SCHEME = "Bearer ";
  private static final Set<String> THIS_MACHINE =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1", "[0:0:0:0:0:0:0:1]");

  private final Optional<String> token;
  private final Set<String> hosts;

  /** {@code host}: where the server listens. */
  Guard(Optional<String> token, String host) {
    this.token = token;
    this.hosts = token.isEmpty() && isLoopback(host) ? THIS_MACHINE : Set.of();
  }

  /**
   * Lets a request pass.
   *
   * @param isOpen whether it needs no token
   * @throws ApiError if it may not
   */
  void check(Request request, boolean isOpen) throws ApiError {
    String name = Request.getServerName(request);
    if (!hosts.isEmpty() && !hosts.contains(name)) {
      throw ApiError.of(
          ApiError.MISDIRECTED,
          "this server answers to localhost only: for other names start it with --token-file, or"
              + " with --host and the address it is to listen at");
    }
    if (token.isPresent() && !isOpen && !isRight(request, token.get())) {
      throw ApiError.of(
          ApiError.UNAUTHORIZED, "send the token: header 'Authorization: Bearer ...'");
    }
  }

  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // the server will not start on it either
    }
  }

  private static boolean isRight(Request request, String token) {
    String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return given != null
        && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            given.substring(SCHEME.length()).strip().getBytes(UTF_8), token.getBytes(UTF_8));
  }
}
