// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it.cameras;

import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.classifier.ClassifierMetrics;
import io.emotionstream.classifier.ClassifierStream;
import io.emotionstream.embedded.EmbeddedBroker;
import io.emotionstream.ingest.Ingest;
import io.emotionstream.ingest.IngestConfig;
import io.emotionstream.ingest.IngestCounts;
import io.emotionstream.ingest.fleet.FleetConfig;
import io.emotionstream.ingest.health.CameraHealth;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.schemas.Topics;
import io.emotionstream.testkit.TestBroker;
import io.emotionstream.testkit.TestData;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Plays recordings as many cameras at once, in real time and again and again, into ingest and the
 * classifier, all in this process with a broker; samples ten times what it takes and what it drops.
 * At the end the books have to balance and memory has to be flat. {@code
 * integration-tests/camera-run --help} lists the settings.
 */
@CommandLine.Command(
    name = "integration-tests/camera-run",
    description = "Plays recordings as many cameras at once; memory has to be flat.",
    mixinStandardHelpOptions = true)
final class CameraRun implements Callable<Integer> {
  private static final Path ROOT = Path.of("target", "camera-run").toAbsolutePath();
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration DRAIN = Duration.ofMinutes(2);
  private static final int SAMPLES = 10;

  /** Growth by the line through the samples after the third, over which memory is not flat. */
  private static final double ALLOWED_MEGABYTES = 64;

  /** Of one person each, 640x480 or smaller; looked for in the folder with real data. */
  private static final List<String> REAL =
      List.of(
          "cam_signer_a.mp4",
          "cam_signer_b.mp4",
          "cam_signer_c.mp4",
          "head-pose-face-detection-male.mp4",
          "cam_signer_b_mjpeg.avi");

  @Option(names = "--cameras", description = "How many (default: ${DEFAULT-VALUE}).")
  private int cameras = 16;

  @Option(names = "--minutes", description = "How long (default: ${DEFAULT-VALUE}).")
  private double minutes = 10;

  @Option(names = "--face-rate", description = "Faces/s of a track (default: ${DEFAULT-VALUE}).")
  private double faceRate = 5;

  @Option(
      names = "--clip",
      description =
          "Recordings, dealt out to the cameras (default: those in EMOTION_DATA, else drawn).")
  private List<Path> clips = List.of();

  @Option(names = "--drawn", description = "Draw the clips whatever data there are.")
  private boolean drawn;

  private final PrintStream out = System.out;

  /** Ends with 0 if the books balance and memory is flat. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new CameraRun()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createDirectories(ROOT.resolve("run-" + ProcessHandle.current().pid()));
    Path camerasFile = camerasFile(directory);
    out.printf("%d cameras for %s minutes, data in %s%n", cameras, minutes, directory);
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"))) {
      TestBroker client = TestBroker.at(broker.bootstrapServers());
      Topics topics = client.newTopics();
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (ClassifierStream classifier =
              new ClassifierStream(
                  ClassifierConfig.defaults(),
                  topics,
                  ModelBundle.shipped(),
                  Map.of(
                      "bootstrap.servers",
                      broker.bootstrapServers(),
                      StreamsConfig.APPLICATION_ID_CONFIG,
                      "camera-run",
                      StreamsConfig.STATE_DIR_CONFIG,
                      directory.resolve("streams").toString()));
          Ingest ingest = new Ingest(config(camerasFile), topics, kafka, InstantSource.system())) {
        classifier.start();
        classifier.awaitRunning(START);
        ingest.start();
        boolean flat = new Memory(sample(ingest, classifier)).isFlat();
        return end(ingest, classifier) && flat ? 0 : 1;
      }
    }
  }

  private List<Usage> sample(Ingest ingest, ClassifierStream classifier)
      throws InterruptedException {
    List<Usage> samples = new ArrayList<>();
    long start = System.nanoTime();
    long step = (long) (minutes * 60e9 / SAMPLES);
    out.println(
        "minutes  RSS MB  heap MB  native MB  threads  pictures/s  faces/s  faces  classified"
            + "  waiting kB  dropped");
    Usage before = Usage.now(start, ingest.health(), 0);
    for (int i = 1; i <= SAMPLES; i++) {
      long wait = start + i * step - System.nanoTime();
      Thread.sleep(Math.max(0, wait / 1_000_000)); // what is measured is what happens meanwhile
      long classified = ClassifierMetrics.total(classifier.metrics(), ClassifierMetrics.CLASSIFIED);
      Usage now = Usage.now(start, ingest.health(), classified);
      out.println(now.row(before, ingest.waitingBytes()));
      samples.add(now);
      before = now;
      requireHealthy(ingest, classifier);
    }
    return samples;
  }

  /** Lets all cameras end; returns whether every face was answered. */
  private boolean end(Ingest ingest, ClassifierStream classifier) throws InterruptedException {
    ingest.finish();
    IngestCounts counts = ingest.counts();
    long end = System.nanoTime() + DRAIN.toNanos();
    while (answered(classifier) < counts.acknowledged() && System.nanoTime() < end) {
      Thread.sleep(100); // nothing tells when it is done
    }
    long faces = ingest.health().stream().mapToLong(CameraHealth::faces).sum();
    long broker = dropped(ingest.health()).getOrDefault("broker", 0L);
    out.printf("%nfaces %d, %s%nanswered %d%n", faces, counts, answered(classifier));
    out.println("dropped by reason: " + dropped(ingest.health()));
    for (CameraHealth camera : ingest.health()) {
      out.printf(
          Locale.ROOT,
          "%s %s: %s, %d pictures, %d faces, %d tracks, %d decode errors %s%n",
          camera.id(),
          camera.source(),
          camera.video(),
          camera.pictures(),
          camera.faces(),
          camera.tracks(),
          camera.decodeErrors(),
          camera.lastError());
    }
    boolean balanced =
        faces == counts.acknowledged() + broker
            && counts.published() == counts.acknowledged() + counts.lost()
            && answered(classifier) == counts.acknowledged();
    out.println(balanced ? "The books balance." : "The books do NOT balance.");
    return balanced;
  }

  private static long answered(ClassifierStream classifier) {
    return ClassifierMetrics.total(classifier.metrics(), ClassifierMetrics.CLASSIFIED)
        + ClassifierMetrics.total(classifier.metrics(), ClassifierMetrics.DEAD_LETTERED);
  }

  private static void requireHealthy(Ingest ingest, ClassifierStream classifier) {
    Optional<Throwable> failure = ingest.failure().or(classifier::failure);
    if (failure.isPresent()) {
      throw new IllegalStateException("a stage failed", failure.get());
    }
  }

  static Map<String, Long> dropped(List<CameraHealth> cameras) {
    Map<String, Long> all = new TreeMap<>();
    cameras.forEach(
        camera -> camera.dropped().forEach((reason, count) -> all.merge(reason, count, Long::sum)));
    return all;
  }

  private IngestConfig config(Path camerasFile) {
    FleetConfig usual = FleetConfig.defaults();
    FleetConfig fleet =
        new FleetConfig(
            Optional.of(camerasFile),
            true,
            false,
            usual.finder(),
            usual.dropPolicy(),
            usual.bufferBytes(),
            usual.workers(),
            false);
    return new IngestConfig(
        List.of(),
        1,
        OptionalDouble.empty(),
        IngestConfig.DEFAULT_HEARTBEAT_INTERVAL,
        IngestConfig.DEFAULT_CAMERA_PREFIX,
        fleet);
  }

  private Path camerasFile(Path directory) throws IOException {
    List<Path> played = played(directory);
    String text =
        "defaults:\n  rate: %s\n  realtime: true\n  loop: true\ncameras:\n".formatted(faceRate)
            + Stream.iterate(0, i -> i < cameras, i -> i + 1)
                .map(i -> entry(i + 1, played.get(i % played.size())))
                .collect(Collectors.joining());
    return Files.writeString(directory.resolve("cameras.yml"), text);
  }

  private static String entry(int number, Path clip) {
    return "  - {id: cam-%d, url: 'video:%s'}%n".formatted(number, clip.toAbsolutePath());
  }

  private List<Path> played(Path directory) throws IOException {
    if (!clips.isEmpty()) {
      return clips;
    }
    List<Path> real =
        REAL.stream()
            .map(TestData.folder().resolve("media")::resolve)
            .filter(Files::isReadable)
            .toList();
    if (!real.isEmpty() && !drawn) {
      return real;
    }
    Path clip = directory.resolve("drawn.mjpeg");
    DrawnClip.write(clip, 1);
    return List.of(clip);
  }

  /** Whether what a process holds grows. */
  private record Memory(List<Usage> samples) {
    boolean isFlat() {
      List<Usage> later = samples.subList(Math.min(2, samples.size() - 2), samples.size());
      double resident = growth(later, Usage::residentMegabytes);
      double heap = growth(later, Usage::heapMegabytes);
      boolean flat = resident < ALLOWED_MEGABYTES && heap < ALLOWED_MEGABYTES;
      System.out.printf(
          Locale.ROOT,
          "%nmemory is %s: from sample 3 to the last by the line through them RSS %+.1f MB, heap"
              + " after collection %+.1f MB (allowed: %.0f)%n",
          flat ? "flat" : "NOT flat",
          resident,
          heap,
          ALLOWED_MEGABYTES);
      return flat;
    }

    private static double growth(List<Usage> samples, ToDoubleFunction<Usage> value) {
      double meanX = samples.stream().mapToDouble(Usage::seconds).average().orElse(0);
      double meanY = samples.stream().mapToDouble(value).average().orElse(0);
      double covariance = 0;
      double variance = 0;
      for (Usage sample : samples) {
        double dx = sample.seconds() - meanX;
        covariance += dx * (value.applyAsDouble(sample) - meanY);
        variance += dx * dx;
      }
      double span = samples.get(samples.size() - 1).seconds() - samples.get(0).seconds();
      return variance == 0 ? 0 : covariance / variance * span;
    }
  }
}
