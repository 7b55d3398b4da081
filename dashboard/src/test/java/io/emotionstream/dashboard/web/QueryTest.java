// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTest {
  private static final List<Parameter> ALLOWED =
      List.of(Parameter.many("camera", 2), Parameter.one("limit"), Parameter.one("from"));

  @Test
  void takesWhatIsAllowed() throws ApiError {
    Query query =
        Query.of(
            Map.of(
                "camera", List.of("a", "b"),
                "limit", List.of("7"),
                "from", List.of("2026-11-25T10:30:00 01:00")), // a plus that was not encoded
            ALLOWED);

    assertThat(query.all("camera")).containsExactly("a", "b");
    assertThat(query.whole("limit", 50, 1, 500)).isEqualTo(7);
    assertThat(query.time("from")).contains(Instant.parse("2026-11-25T09:30:00Z"));
  }

  @Test
  void takesAnEmptyValueForNone() throws ApiError {
    Query query = Query.of(Map.of("limit", List.of(""), "from", List.of(" ")), ALLOWED);

    assertThat(query.whole("limit", 50, 1, 500)).isEqualTo(50);
    assertThat(query.time("from")).isEmpty();
  }

  @Test
  void refusesWithNameValueAndRemedy() {
    assertRefused(Map.of("limt", List.of("5")), "parameter 'limt' is '5'", "camera, limit, from");
    assertRefused(Map.of("limit", List.of("1", "2")), "given 2 times", "1 is the most");
    assertRefused(Map.of("camera", List.of("a", "b", "c")), "given 3 times", "2 is the most");
    assertRefused(Map.of("camera", Collections.nCopies(1, "x".repeat(1_025))), "too long");
    assertRefused(Map.of("limit", List.of("0")), "is '0'", "whole number from 1 to 500");
    assertRefused(Map.of("limit", List.of("501")), "whole number from 1 to 500");
    assertRefused(Map.of("limit", List.of("99999999999")), "whole number from 1 to 500");
    assertRefused(Map.of("from", List.of("yesterday")), "is 'yesterday'", "2026-11-25T09:30:00Z");
    assertRefused(Map.of("from", List.of("1969-12-31T23:59:59Z")), "1970");
    assertRefused(Map.of("from", List.of("2026-11-25T09:30:00")), "offset");
  }

  private static void assertRefused(Map<String, List<String>> given, String... messageParts) {
    assertThatThrownBy(
            () -> {
              Query query = Query.of(given, ALLOWED);
              query.whole("limit", 50, 1, 500);
              query.time("from");
            })
        .isInstanceOf(ApiError.class)
        .hasMessageContainingAll(messageParts);
  }
}
