// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import java.util.regex.Pattern;

/**
 * Hides what camera URLs know: user and password before the host, and parameters that are called
 * like a secret. Rather hides too much than too little.
 */
public final class Secrets {
  private static final String MASK = "***";

  /**
   * A password may hold any character, also an unescaped @, so this goes to the last one; beyond a
   * space only where a user and a colon come first.
   */
  private static final Pattern USER_INFO = Pattern.compile("://(?:\\S*|[^\\s/]+:[^/@,\\]\n]*)@");

  /** Some cameras take user=..._password=... in the path, so a value ends at & or at a space. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)((?:user|usr|login|pass|pwd|token|secret|key|auth|sig|cred)[a-z_-]*=)[^&;\\s,'\"\\]]+");

  private Secrets() {}

  /** Returns {@code text} without the secrets of the URLs in it. */
  public static String mask(String text) {
    String withoutUsers = USER_INFO.matcher(text).replaceAll("://" + MASK + "@");
    return PARAMETER.matcher(withoutUsers).replaceAll("$1" + MASK);
  }
}
