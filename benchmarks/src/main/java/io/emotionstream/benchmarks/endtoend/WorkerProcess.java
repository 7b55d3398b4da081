// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import static java.util.Objects.requireNonNull;

import io.emotionstream.benchmarks.endtoend.CountingNetwork.Counters;
import io.emotionstream.benchmarks.endtoend.Question.AwaitFaces;
import io.emotionstream.benchmarks.endtoend.Question.Engine;
import io.emotionstream.benchmarks.endtoend.Question.RunNetwork;
import io.emotionstream.benchmarks.endtoend.Question.StartStream;
import io.emotionstream.benchmarks.endtoend.Question.StopStream;
import io.emotionstream.benchmarks.endtoend.Question.TakeSample;
import io.emotionstream.classifier.ClassifierConfig;
import io.emotionstream.classifier.ClassifierFactory;
import io.emotionstream.classifier.ClassifierStream;
import io.emotionstream.classifier.DistributionWindow;
import io.emotionstream.model.Calibration;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The classifier stream, or the bare network, in a process of its own. */
final class WorkerProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
  private static final long LOOK_MILLIS = 5;

  private final ModelBundle bundle;
  private final BareNetwork bareNetwork;
  private Counters counters = new Counters();
  private @Nullable ClassifierStream stream;

  private WorkerProcess(ModelBundle bundle, long seed) {
    this.bundle = bundle;
    this.bareNetwork = new BareNetwork(engine -> newNetwork(engine), seed);
  }

  /**
   * Answers {@link Question}s.
   *
   * @param args the seed, then the model bundle, if it is not the shipped one
   */
  public static void main(String[] args) throws IOException {
    Answers answers = Answers.open();
    ModelBundle bundle =
        args.length > 1 ? ModelBundle.load(Path.of(args[1])) : ModelBundle.shipped();
    try (WorkerProcess worker = new WorkerProcess(bundle, Long.parseLong(args[0]))) {
      answers.say(bundle.modelId());
      answers.serve(Question.class, worker::answer);
    }
  }

  private Object answer(Question question) throws Exception {
    if (question instanceof RunNetwork run) {
      return bareNetwork.run(run);
    } else if (question instanceof StartStream start) {
      return start(start);
    } else if (question instanceof AwaitFaces await) {
      return await(await);
    } else if (question instanceof StopStream) {
      close();
      return true;
    }
    requireNonNull((TakeSample) question);
    return counters.sample();
  }

  private boolean start(StartStream start) throws Exception {
    close();
    counters = new Counters();
    Counters counted = counters;
    ClassifierConfig defaults = ClassifierConfig.defaults();
    ClassifierConfig config =
        new ClassifierConfig(
            new DistributionWindow(
                Duration.ofMillis(start.windowMillis()), Duration.ofMillis(start.graceMillis())),
            start.maxBatch(),
            defaults.maxLatency(),
            start.threads(),
            defaults.maxFaceSide(),
            defaults.maxClockSkew());
    ClassifierStream started =
        new ClassifierStream(
            config,
            new Topics(start.topicPrefix(), start.partitions(), (short) 1),
            factory(start.engine(), counted),
            Map.copyOf(start.kafka()),
            InstantSource.system());
    stream = started;
    started.start();
    started.awaitRunning(START_TIMEOUT);
    return true;
  }

  private Sample await(AwaitFaces await) throws InterruptedException, TimeoutException {
    ClassifierStream running = requireNonNull(stream, "no stream was started");
    long deadline = System.nanoTime() + (long) (await.timeoutSeconds() * 1e9);
    while (counters.faces().sum() < await.faces()) {
      if (running.failure().isPresent()) {
        throw new IllegalStateException("the stream stopped: " + running.failure().get());
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "%d of %d faces were classified after %.0f s"
                .formatted(counters.faces().sum(), await.faces(), await.timeoutSeconds()));
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return counters.sample();
  }

  /**
   * Returns a factory that knows the bundle's calibration, so that corrected shares cost here too.
   */
  private ClassifierFactory factory(Engine engine, Counters counted) {
    return new ClassifierFactory() {
      @Override
      public EmotionClassifier newClassifier() throws IOException {
        return new CountingNetwork(newNetwork(engine), counted);
      }

      @Override
      public Optional<Calibration> calibrationOf(String modelId) {
        return ClassifierFactory.of(bundle).calibrationOf(modelId);
      }
    };
  }

  private EmotionClassifier newNetwork(Engine engine) throws IOException {
    return switch (engine) {
      case DL4J -> bundle.newClassifier();
      case ONNX -> bundle.withEngine(io.emotionstream.model.Engine.ONNX).newClassifier();
      case NONE -> new NoNetwork();
    };
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }
}
