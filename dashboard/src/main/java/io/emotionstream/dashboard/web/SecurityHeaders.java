// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** What browsers are told of every answer: run our scripts only, nowhere else, and tell nobody. */
final class SecurityHeaders {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
              + " object-src 'none'",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=()",
          "Referrer-Policy",
          "no-referrer",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Cache-Control",
          "no-store");

  private SecurityHeaders() {}

  static void addTo(HttpFields.Mutable headers) {
    HEADERS.forEach(headers::put);
  }
}
