// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.model.ModelBundle;
import java.util.Map;

/**
 * What is evaluated.
 *
 * @param modelId id of the bundle, or the name of a baseline with its settings
 * @param network name of its kind, such as {@code paper} or {@code knn-pca}
 * @param parameters numbers that were learned or are kept
 * @param multiplyAdds multiply-adds of one face
 * @param settings what it was made with
 */
public record Subject(
    String modelId,
    String network,
    long parameters,
    long multiplyAdds,
    Map<String, String> settings) {
  public Subject {
    settings = Map.copyOf(settings);
  }

  /** Returns a bundle as what is evaluated. */
  public static Subject of(ModelBundle bundle) {
    return new Subject(
        bundle.modelId(),
        bundle.manifest().network(),
        bundle.manifest().parameters(),
        bundle.manifest().multiplyAdds(),
        bundle.manifest().provenance());
  }
}
