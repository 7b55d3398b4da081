// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.source.Secrets;
import io.emotionstream.ingest.source.SourceSpec;
import io.emotionstream.ingest.source.VideoSpec;
import io.emotionstream.ingest.video.FinderSettings;
import io.emotionstream.ingest.video.PictureArea;
import io.emotionstream.ingest.video.PicturePolygon;
import io.emotionstream.ingest.video.PicturePolygon.Corner;
import io.emotionstream.ingest.video.PictureZone;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads {@code cameras.yml}: {@code defaults}, which every camera starts from, and {@code cameras},
 * a list. Whatever is wrong is told with its line; a file with one mistake is not used at all.
 */
final class CamerasFile {
  private static final List<String> TOP = List.of("defaults", "cameras");
  private static final List<String> DEFAULTS =
      List.of(
          "rate",
          "detection-interval",
          "min-face-size",
          "region",
          "exclude",
          "drop-policy",
          "frozen-after",
          "enabled",
          "transport",
          "realtime",
          "loop");
  private static final List<String> CAMERA = camera();
  private static final List<String> TRANSPORTS = List.of("tcp", "udp");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m)");
  private static final int MAX_BYTES = 10 << 20;

  private final Path file;
  private final FleetConfig config;

  CamerasFile(Path file, FleetConfig config) {
    this.file = file;
    this.config = config;
  }

  /**
   * Returns the cameras in the order of the file, those that are not enabled too.
   *
   * @throws IllegalArgumentException if something is wrong in it; the message names file and line
   * @throws IOException if it cannot be read
   */
  List<CameraSpec> read() throws IOException {
    String text = text();
    Node root;
    try {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      options.setCodePointLimit(MAX_BYTES);
      root = new Yaml(options).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw wrong(line, "is no YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw wrong(1, "is no YAML: " + e.getMessage());
    }
    if (root == null) { // also one that is being written
      throw wrong(1, "is empty: to have no camera write 'cameras: []'");
    }
    Map<String, Node> top = mapping(root, "the file", TOP);
    Map<String, Node> defaults =
        top.containsKey("defaults") ? mapping(top.get("defaults"), "defaults", DEFAULTS) : Map.of();
    Node cameras = top.get("cameras");
    if (cameras == null) {
      throw wrong(1, "has no 'cameras': to have none write 'cameras: []'");
    }
    return cameras(cameras, defaults);
  }

  private String text() throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(file + " has more than " + MAX_BYTES + " bytes: is it the file?");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file.toAbsolutePath(), e);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is no text in UTF-8", e);
    }
  }

  private List<CameraSpec> cameras(Node node, Map<String, Node> defaults) {
    Map<String, Integer> lines = new HashMap<>();
    List<CameraSpec> cameras = new ArrayList<>();
    for (Node entry : sequence(node, "cameras")) {
      Map<String, Node> values = new LinkedHashMap<>(defaults);
      values.putAll(mapping(entry, "a camera", CAMERA));
      CameraSpec camera = camera(entry, values);
      Integer before = lines.putIfAbsent(camera.id(), line(entry));
      if (before != null) {
        throw wrong(
            line(entry),
            "camera id '%s' is used in line %d already".formatted(camera.id(), before));
      }
      cameras.add(camera);
    }
    return cameras;
  }

  private CameraSpec camera(Node entry, Map<String, Node> values) {
    Node id = required(entry, values, "id");
    Node url = required(entry, values, "url");
    VideoSpec source = at(url, () -> source(scalar(url, "url"), values));
    FinderSettings finder = finder(values, source);
    Duration frozenAfter =
        values.containsKey("frozen-after")
            ? duration(values.get("frozen-after"))
            : CameraSpec.DEFAULT_FROZEN_AFTER;
    boolean enabled = !values.containsKey("enabled") || flag(values.get("enabled"), "enabled");
    DropPolicy dropPolicy = dropPolicy(values.get("drop-policy"), source);
    return at(
        id,
        () -> new CameraSpec(scalar(id, "id"), source, finder, dropPolicy, frozenAfter, enabled));
  }

  private VideoSpec source(String url, Map<String, Node> values) {
    String uri = url;
    Node transport = values.get("transport");
    boolean rtsp = url.regionMatches(true, 0, "rtsp", 0, 4);
    if (transport != null) {
      String value = scalar(transport, "transport");
      if (!TRANSPORTS.contains(value)) {
        throw wrong(line(transport), "transport must be tcp or udp, was '" + value + "'");
      }
      uri = rtsp && url.indexOf('#') < 0 ? url + "#transport=" + value : url;
    }
    if (!(SourceSpec.parse(uri) instanceof VideoSpec source)) {
      throw new IllegalArgumentException(
          "url '%s' is no camera; write rtsp://..., http://..., video:FILE or webcam:DEVICE"
              .formatted(Secrets.mask(url)));
    }
    VideoSpec paced = config.realtime() || isSet(values, "realtime") ? source.inRealTime() : source;
    return isSet(values, "loop") ? paced.looped() : paced;
  }

  private boolean isSet(Map<String, Node> values, String key) {
    Node node = values.get(key);
    return node != null && flag(node, key);
  }

  private DropPolicy dropPolicy(@Nullable Node node, VideoSpec source) {
    return node == null
        ? config.dropPolicyOf(source)
        : at(node, () -> DropPolicy.parse(scalar(node, "drop-policy")));
  }

  private FinderSettings finder(Map<String, Node> values, VideoSpec source) {
    FinderSettings finder = config.finder();
    finder = with(finder, values.get("detection-interval"), this::withDetectionInterval);
    finder = with(finder, values.get("min-face-size"), this::withMinFaceSize);
    finder = with(finder, values.get("rate"), this::withRate);
    Node region = values.get("region");
    Node exclude = values.get("exclude");
    return new FinderSettings(
        finder.detectionInterval(),
        finder.minFaceSize(),
        finder.facesPerSecond(),
        region == null ? finder.region() : zone(region, "region"),
        exclude == null ? finder.excludedZones() : zones(exclude),
        source.kind() == VideoSpec.Kind.STILLS);
  }

  /** Returns the settings as {@code node} changes them, or says what is wrong in its line. */
  private FinderSettings with(
      FinderSettings settings,
      @Nullable Node node,
      BiFunction<FinderSettings, Node, FinderSettings> change) {
    return node == null ? settings : at(node, () -> change.apply(settings, node));
  }

  private FinderSettings withDetectionInterval(FinderSettings settings, Node node) {
    return settings.withDetectionInterval(whole(node, "detection-interval"));
  }

  private FinderSettings withMinFaceSize(FinderSettings settings, Node node) {
    return settings.withMinFaceSize(whole(node, "min-face-size"));
  }

  private FinderSettings withRate(FinderSettings settings, Node node) {
    return settings.withFacesPerSecond(number(node, "rate"));
  }

  private List<PictureZone> zones(Node node) {
    return sequence(node, "exclude").stream().map(zone -> zone(zone, "a zone of exclude")).toList();
  }

  /** Four numbers are a rectangle, pairs of numbers the corners of a polygon. */
  private PictureZone zone(Node node, String what) {
    List<Node> parts = sequence(node, what);
    if (!parts.isEmpty() && parts.stream().allMatch(SequenceNode.class::isInstance)) {
      List<Corner> corners = parts.stream().map(corner -> corner(corner, what)).toList();
      return at(node, () -> new PicturePolygon(corners));
    }
    if (parts.size() != 4) {
      throw wrong(
          line(node),
          "%s is [x, y, width, height] or corners [[x, y], [x, y], [x, y], ...], has %d values"
              .formatted(what, parts.size()));
    }
    List<Double> values = parts.stream().map(value -> number(value, what)).toList();
    return at(
        node, () -> new PictureArea(values.get(0), values.get(1), values.get(2), values.get(3)));
  }

  private Corner corner(Node node, String what) {
    List<Node> numbers = sequence(node, what);
    if (numbers.size() != 2) {
      throw wrong(
          line(node), "a corner of %s is [x, y], has %d values".formatted(what, numbers.size()));
    }
    return at(node, () -> new Corner(number(numbers.get(0), what), number(numbers.get(1), what)));
  }

  private Duration duration(Node node) {
    String value = scalar(node, "frozen-after");
    Matcher matcher = DURATION.matcher(value);
    if (value.equals("0") || value.equals("never")) {
      return Duration.ZERO;
    }
    if (!matcher.matches()) {
      throw wrong(line(node), "frozen-after must be like 30s, 2m or never, was '" + value + "'");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  private boolean flag(Node node, String what) {
    String value = scalar(node, what);
    return switch (value) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw wrong(line(node), what + " must be true or false, was '" + value + "'");
    };
  }

  private int whole(Node node, String what) {
    try {
      return Integer.parseInt(scalar(node, what));
    } catch (NumberFormatException e) {
      throw wrong(line(node), what + " must be a whole number, was '" + scalar(node, what) + "'");
    }
  }

  private double number(Node node, String what) {
    try {
      return Double.parseDouble(scalar(node, what));
    } catch (NumberFormatException e) {
      throw wrong(line(node), what + " must be a number, was '" + scalar(node, what) + "'");
    }
  }

  private String scalar(Node node, String what) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    throw wrong(line(node), what + " must be a value");
  }

  private List<Node> sequence(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw wrong(line(node), what + " must be a list");
  }

  private Map<String, Node> mapping(@Nullable Node node, String what, List<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      int line = node == null ? 1 : line(node);
      throw wrong(line, "%s must be keys with values, of %s".formatted(what, known));
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = scalar(tuple.getKeyNode(), "a key of " + what);
      if (!known.contains(key)) {
        throw wrong(
            line(tuple.getKeyNode()),
            "unknown key '%s' in %s, did you mean '%s'? Known are %s"
                .formatted(key, what, nearest(key, known), String.join(", ", known)));
      }
      if (values.put(key, tuple.getValueNode()) != null) {
        throw wrong(line(tuple.getKeyNode()), "key '%s' is there twice".formatted(key));
      }
    }
    return values;
  }

  private Node required(Node entry, Map<String, Node> values, String key) {
    Node value = values.get(key);
    if (value == null) {
      throw wrong(line(entry), "a camera needs '%s'".formatted(key));
    }
    return value;
  }

  /** Adds file and line to what is wrong with a value. */
  private <T> T at(Node node, Supplier<T> value) {
    try {
      return value.get();
    } catch (WrongLineException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw wrong(line(node), String.valueOf(e.getMessage()));
    }
  }

  private WrongLineException wrong(int line, String problem) {
    return new WrongLineException("%s line %d: %s".formatted(file, line, Secrets.mask(problem)));
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** Returns the known key that takes the fewest changed letters. */
  private static String nearest(String key, List<String> known) {
    String best = known.get(0);
    for (String candidate : known) {
      if (distance(key, candidate) < distance(key, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private static List<String> camera() {
    List<String> keys = new ArrayList<>(List.of("id", "url"));
    keys.addAll(DEFAULTS);
    return List.copyOf(keys);
  }

  /** Something is wrong, and where. */
  private static final class WrongLineException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    WrongLineException(String message) {
      super(message);
    }
  }
}
