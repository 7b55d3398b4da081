// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.BundleManifest;
import io.emotionstream.trainer.data.Fer2013;
import io.emotionstream.trainer.data.StratifiedSplit;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The split into training and validation faces that a bundle was trained with, made again from what
 * its provenance tells: {@code seed}, {@code validationShare} and {@code dataFingerprint}.
 */
public final class ValidationSplit {
  /** Name of the held-out faces. */
  public static final String NAME = "validation";

  private static final String SEED = "seed";
  private static final String SHARE = "validationShare";
  private static final String SETTINGS = "settings";
  private static final String FINGERPRINT = "dataFingerprint";
  private static final String FACES = "validationFaces";

  /** Bundles that do not name the share by itself have it in their settings. */
  private static final Pattern SHARE_IN_SETTINGS = Pattern.compile("\\bvalidation=([0-9.]+)");

  private ValidationSplit() {}

  /**
   * Makes the split again.
   *
   * @throws IOException if the provenance does not tell how, or {@code data} is not what the bundle
   *     was trained on
   */
  public static StratifiedSplit of(BundleManifest manifest, Fer2013 data) throws IOException {
    Map<String, String> provenance = manifest.provenance();
    String trainedOn = value(provenance, FINGERPRINT);
    if (!trainedOn.equals(data.fingerprint())) {
      throw new IOException(
          "the model was trained on data %s, this is %s: its validation faces cannot be found again"
              .formatted(abbreviated(trainedOn), abbreviated(data.fingerprint())));
    }
    StratifiedSplit split =
        StratifiedSplit.of(
            data.split(Usage.TRAINING), share(provenance), Long.parseLong(value(provenance, SEED)));
    String faces = value(provenance, FACES);
    if (!faces.equals(Integer.toString(split.validation().size()))) {
      throw new IOException(
          "the model was validated on %s faces, its seed and share now give %d: another version"
              .formatted(faces, split.validation().size()));
    }
    return split;
  }

  private static double share(Map<String, String> provenance) throws IOException {
    String share = provenance.get(SHARE);
    if (share != null) {
      return Double.parseDouble(share);
    }
    Matcher inSettings = SHARE_IN_SETTINGS.matcher(value(provenance, SETTINGS));
    if (!inSettings.find()) {
      throw new IOException("the model's provenance does not tell its " + SHARE);
    }
    return Double.parseDouble(inSettings.group(1));
  }

  private static String value(Map<String, String> provenance, String name) throws IOException {
    String value = provenance.get(name);
    if (value == null) {
      throw new IOException("the model's provenance does not tell its " + name);
    }
    return value;
  }

  private static String abbreviated(String fingerprint) {
    return fingerprint.substring(0, Math.min(12, fingerprint.length()));
  }
}
