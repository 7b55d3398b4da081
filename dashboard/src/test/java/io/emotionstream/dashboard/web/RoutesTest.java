// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.dashboard.OpenApi;
import io.emotionstream.dashboard.live.Live;
import io.emotionstream.schemas.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoutesTest {
  @Test
  void areTheOnesOfTheDocumentParameterByParameter() {
    Map<String, Set<String>> routes = new TreeMap<>();
    Live live =
        new Live(Map.of(), Topics.defaults(), Duration.ZERO, Map.of(), InstantSource.system());
    try (live) {
      Api api = new Api("test", live, Optional.empty(), path -> Optional.empty());
      for (Route route : api.routes()) {
        Set<String> names = new TreeSet<>();
        route.parameters().forEach(parameter -> names.add(parameter.name()));
        routes.put(route.path(), names);
      }
    }

    assertThat(OpenApi.load().parameters()).isEqualTo(routes);
  }
}
