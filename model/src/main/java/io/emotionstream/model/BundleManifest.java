// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model bundle says of itself; {@code manifest.json} in the bundle.
 *
 * @param format version of the bundle's layout, {@value #FORMAT}
 * @param network name of the network's architecture, such as {@code paper}
 * @param normalization {@link FaceNormalizer#VERSION} at training
 * @param classes lower-case class names in the order of the network's outputs
 * @param parameters number of trained parameters
 * @param multiplyAdds multiply-adds of one face
 * @param provenance how it was trained: data fingerprint, seed, command, code version, machine
 * @param metrics what was measured of it, by name, with the split in the name, such as {@code
 *     validationAccuracy}
 * @param calibration how far its probabilities may be believed; null if that was not measured, as
 *     in bundles that were written before it could be
 */
public record BundleManifest(
    int format,
    String network,
    String normalization,
    List<String> classes,
    long parameters,
    long multiplyAdds,
    Map<String, String> provenance,
    Map<String, Double> metrics,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Calibration calibration) {
  /** The layout that this code reads and writes. */
  public static final int FORMAT = 1;

  public BundleManifest {
    classes = List.copyOf(classes);
    provenance = Map.copyOf(provenance);
    metrics = Map.copyOf(metrics);
  }

  /**
   * Returns a manifest for a network that was trained with this code's normalization and labels.
   */
  public static BundleManifest of(
      String network,
      long parameters,
      long multiplyAdds,
      Map<String, String> provenance,
      Map<String, Double> metrics) {
    return new BundleManifest(
        FORMAT,
        network,
        FaceNormalizer.VERSION,
        Emotions.names(),
        parameters,
        multiplyAdds,
        provenance,
        metrics,
        null);
  }

  /** Returns a copy with another calibration. */
  public BundleManifest withCalibration(Calibration measured) {
    return new BundleManifest(
        format,
        network,
        normalization,
        classes,
        parameters,
        multiplyAdds,
        provenance,
        metrics,
        measured);
  }
}
