// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

import io.emotionstream.datasets.fer2013.Usage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A source as its URI describes it, checked but not opened.
 *
 * <ul>
 *   <li>{@code rtsp://...}, {@code http://...} and other streams, {@code video:FILE}, {@code
 *       webcam:DEVICE}, {@code images:DIRECTORY?detect=true}: pictures, see {@link VideoSpec}
 *   <li>{@code fer2013:FILE.csv[.gz][?usage=Training|PublicTest|PrivateTest]}: the rows in order
 *   <li>{@code images:DIRECTORY}: PNG and JPEG files, sorted; class-named folders give labels
 *   <li>{@code synthetic:[?seed=42&count=1000]}: drawn faces, endless without a count
 * </ul>
 *
 * <p>Files are written as the shell would: spaces, backslashes and drive letters stay as they are,
 * nothing is percent-decoded, a leading {@code ~/} is the home directory. Options start at the last
 * question mark that {@code name=value} follows.
 */
public sealed interface SourceSpec permits SourceSpec.Crops, VideoSpec {
  /** What sources there are, for messages and help. */
  String KNOWN =
      "rtsp://..., http://..., video:FILE, webcam:[DEVICE], images:DIRECTORY[?detect=true],"
          + " fer2013:FILE.csv[.gz][?usage=PublicTest], synthetic:[?seed=42&count=1000]";

  /** Returns the URI as it was given. */
  String uri();

  /** Face crops that are there already, dealt out to cameras. */
  sealed interface Crops extends SourceSpec {
    /**
     * Opens the source.
     *
     * @param position number of the source among those of the run, the first is 0; sources that
     *     draw faces draw others at each
     * @param cameras how many cameras it deals its faces to
     * @throws SourceException if its file or directory is missing or not what it should be
     */
    FaceSource open(int position, int cameras, SkipListener skips);
  }

  /**
   * Reads a URI.
   *
   * @throws IllegalArgumentException if it is none, naming what is known
   */
  static SourceSpec parse(String uri) {
    int colon = uri.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "source '%s' has no scheme, known are %s".formatted(Secrets.mask(uri), KNOWN));
    }
    String rest = uri.substring(colon + 1);
    String scheme = uri.substring(0, colon).toLowerCase(Locale.ROOT);
    if (VideoSpec.STREAMS.contains(scheme)) {
      return VideoSpec.stream(uri);
    }
    return switch (scheme) {
      case "fer2013" -> Fer2013.parse(uri, SourceOptions.parse(uri, rest, "usage"));
      case "images" -> images(uri, SourceOptions.parse(uri, rest, "detect"));
      case "video" ->
          VideoSpec.file(uri, SourceOptions.parse(uri, rest, "realtime", "loop", "start"));
      case "webcam" -> VideoSpec.device(uri, rest);
      case "synthetic" -> Synthetic.parse(uri, SourceOptions.parse(uri, rest, "seed", "count"));
      default ->
          throw new IllegalArgumentException(
              "source '%s' has an unknown scheme, known are %s"
                  .formatted(Secrets.mask(uri), KNOWN));
    };
  }

  private static SourceSpec images(String uri, SourceOptions options) {
    Path directory = options.path("DIRECTORY");
    return options.flag("detect") ? VideoSpec.stills(uri, directory) : new Images(uri, directory);
  }

  /** Rows of a FER-2013 file, of one split or of all. */
  record Fer2013(String uri, Path file, Optional<Usage> usage) implements Crops {
    private static Fer2013 parse(String uri, SourceOptions options) {
      Optional<Usage> usage = options.value("usage").map(value -> usage(value, options));
      return new Fer2013(uri, options.path("FILE.csv"), usage);
    }

    private static Usage usage(String value, SourceOptions options) {
      return Usage.ofLabel(value)
          .orElseThrow(() -> options.invalid("usage", value, "one of " + Usage.labels()));
    }

    @Override
    public FaceSource open(int position, int cameras, SkipListener skips) {
      return Fer2013Source.open(this, cameras, skips);
    }
  }

  /** Picture files under a directory. */
  record Images(String uri, Path directory) implements Crops {
    /** Returns the same files as photos in which faces are to be found. */
    public VideoSpec withDetection() {
      return VideoSpec.stills(uri, directory);
    }

    @Override
    public FaceSource open(int position, int cameras, SkipListener skips) {
      return ImageFolderSource.open(this, cameras, skips);
    }
  }

  /** Drawn faces. */
  record Synthetic(String uri, long seed, OptionalLong count) implements Crops {
    /** Seed where none is given. */
    public static final long DEFAULT_SEED = 42;

    private static Synthetic parse(String uri, SourceOptions options) {
      if (!options.target().isEmpty()) {
        throw new IllegalArgumentException(
            "source '%s' takes no file, write synthetic: or synthetic:?seed=42&count=1000"
                .formatted(Secrets.mask(uri)));
      }
      OptionalLong count = options.number("count");
      if (count.isPresent() && count.getAsLong() < 1) {
        throw options.invalid("count", Long.toString(count.getAsLong()), "at least 1");
      }
      return new Synthetic(uri, options.number("seed").orElse(DEFAULT_SEED), count);
    }

    @Override
    public FaceSource open(int position, int cameras, SkipListener skips) {
      return SyntheticSource.open(this, position, cameras);
    }
  }
}
