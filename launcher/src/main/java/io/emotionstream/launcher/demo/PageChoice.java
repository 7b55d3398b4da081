// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher.demo;

import io.emotionstream.dashboard.live.ModelFigures;
import java.util.List;
import java.util.Optional;

/**
 * What the demo's dashboard is told.
 *
 * @param version of this product
 * @param port to listen at, 0 for any that is free; empty for the usual one or the next that is
 *     free
 * @param models what is known of models
 */
public record PageChoice(String version, Optional<Integer> port, List<ModelFigures> models) {
  public PageChoice {
    models = List.copyOf(models);
  }
}
