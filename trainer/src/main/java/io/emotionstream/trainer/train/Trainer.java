// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.BundleManifest;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.model.NativeKernels;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.augment.Seeds;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.Fer2013;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.data.StratifiedSplit;
import io.emotionstream.trainer.evaluate.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network and keeps, as a bundle, the epoch with the best validation accuracy.
 *
 * <p>The same settings, data and library versions give the same losses, broken off and resumed or
 * not, on one thread or several, as long as native operations use one thread ({@code
 * OMP_NUM_THREADS=1}) and no time budget cuts the run short. The PublicTest and PrivateTest rows
 * are never looked at.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
  private static final String BUNDLE = "best" + ModelBundle.EXTENSION;
  private static final int REJECTED_SHOWN = 10;

  private final TrainingConfig config;
  private final Fer2013 data;
  private final StratifiedSplit split;
  private final String fingerprint;
  private final GradientPool pool;
  private final CheckpointDirectory checkpoints;
  private final ProgressLine progressLine;
  private final long totalSteps;
  private final int stepsPerEpoch;
  private final NesterovOptimizer optimizer;
  private final History history;
  private final int firstEpoch;
  private final long startedAt;
  private BestEpoch best;

  private Trainer(TrainingConfig config, Fer2013 data, StratifiedSplit split, GradientPool pool)
      throws IOException, InterruptedException {
    this.config = config;
    this.data = data;
    this.split = split;
    this.pool = pool;
    fingerprint = config.fingerprint(data.fingerprint());
    checkpoints = new CheckpointDirectory(config.directory());
    progressLine = new ProgressLine(System.err, ProgressLine.isTerminal());
    stepsPerEpoch = split.training().size() / config.batchSize();
    totalSteps = (long) stepsPerEpoch * config.epochs();
    Checkpoint from = config.resume() ? checkpoints.latest(fingerprint).orElse(null) : null;
    if (from == null) {
      optimizer =
          new NesterovOptimizer(config.optimization(), pool.kinds(), pool.initialParameters());
    } else {
      optimizer =
          new NesterovOptimizer(
              config.optimization(),
              pool.kinds(),
              from.parameters(),
              from.velocity(),
              from.average(),
              from.steps());
    }
    best = from == null ? BestEpoch.NONE : from.best();
    firstEpoch = from == null ? 0 : from.epoch();
    startedAt = System.nanoTime() - (from == null ? 0 : from.elapsed().toNanos());
    history = History.keeping(config.directory().resolve("history.csv"), firstEpoch);
  }

  /**
   * Trains to the end.
   *
   * @return the best epoch's bundle, {@code best.emotion} in the run's directory
   * @throws IOException if the data cannot be read or is too small, the directory holds a run that
   *     is not to be resumed or cannot be written, or the budget is over before an epoch is
   * @throws InterruptedException if the calling thread is interrupted; the last checkpoint holds
   */
  public static Path train(TrainingConfig config) throws IOException, InterruptedException {
    NativeKernels kernels = NativeKernels.enable();
    if (kernels.threads() > 1) {
      LOG.warn(
          "native operations use {} threads each: set OMP_NUM_THREADS=1, for {} Java threads share"
              + " the work already",
          kernels.threads(),
          config.threads());
    }
    refuseToOverwrite(config);
    Fer2013 data = read(config.data());
    StratifiedSplit split = split(config, data);
    Files.createDirectories(config.directory());
    try (GradientPool pool = new GradientPool(config)) {
      return new Trainer(config, data, split, pool).run();
    }
  }

  /** Hours of training are not lost for a forgotten {@code --resume}. */
  private static void refuseToOverwrite(TrainingConfig config) throws IOException {
    Path directory = config.directory();
    boolean holdsRun =
        Files.exists(directory.resolve(BUNDLE)) || new CheckpointDirectory(directory).holdsAny();
    if (holdsRun && !config.resume()) {
      throw new IOException(
          "%s holds a run: --resume goes on with it, or choose another --out".formatted(directory));
    }
  }

  private static StratifiedSplit split(TrainingConfig config, Fer2013 data) throws IOException {
    FaceSet faces = data.split(Usage.TRAINING);
    StratifiedSplit split = StratifiedSplit.of(faces, config.validationShare(), config.seed());
    if (split.validation().size() == 0) {
      throw new IOException(
          "%s has %d training rows: a share of %s for validation holds out none of them"
              .formatted(config.data(), faces.size(), config.validationShare()));
    }
    if (split.training().size() < config.batchSize()) {
      throw new IOException(
          "%s has %d training rows without those for validation, fewer than one batch of %d"
              .formatted(config.data(), split.training().size(), config.batchSize()));
    }
    return split;
  }

  private static Fer2013 read(Path file) throws IOException {
    Fer2013 data = Fer2013.read(file);
    if (!data.rejected().isEmpty()) {
      LOG.warn("{} malformed rows of {} are left out", data.rejected().size(), file);
      data.rejected().stream().limit(REJECTED_SHOWN).forEach(row -> LOG.warn("{}", row));
    }
    return data;
  }

  private Path run() throws IOException, InterruptedException {
    LOG.info(
        "training {} ({} parameters, {} million multiply-adds a face) on {} faces, validating on"
            + " {}, from epoch {}: {}",
        config.network().label(),
        pool.kinds().length,
        config.network().multiplyAdds() / 1_000_000,
        split.training().size(),
        split.validation().size(),
        firstEpoch + 1,
        fingerprint);
    for (int epoch = firstEpoch; epoch < config.epochs() && !isDone(epoch); epoch++) {
      finish(train(epoch));
    }
    if (best.epoch() == 0) {
      throw new IOException(
          "the budget of %s was over before the first epoch began: allow more"
              .formatted(config.budget().map(Duration::toString).orElse("none")));
    }
    LOG.info(
        "best epoch is {} with a validation accuracy of {} %",
        best.epoch(), String.format(Locale.ROOT, "%.2f", 100 * best.accuracy()));
    return config.directory().resolve(BUNDLE);
  }

  private boolean isDone(int epoch) {
    boolean impatient = config.patience() > 0 && epoch - best.epoch() >= config.patience();
    return impatient || progress(optimizer.steps()) >= 1;
  }

  /** Trains one epoch and validates the averaged weights. */
  private EpochResult train(int epoch) throws InterruptedException {
    int[] order = shuffled(epoch);
    long begun = System.nanoTime();
    double lossSum = 0;
    double rate = 0;
    int step = 0;
    while (step < stepsPerEpoch && progress(optimizer.steps()) < 1) {
      double progress = progress(optimizer.steps());
      rate = config.optimization().rateAt(progress);
      GradientPool.BatchGradient batch =
          pool.gradient(
              optimizer.parameters(), split.training(), order, step * config.batchSize(), epoch);
      if (!Double.isFinite(batch.loss())) {
        throw new IllegalStateException(
            "the loss is %s in step %d of epoch %d: lower the learning rate, now %s"
                .formatted(batch.loss(), step + 1, epoch + 1, rate));
      }
      optimizer.step(batch.mean(), rate);
      lossSum += batch.loss();
      step++;
      show(epoch, step, lossSum / step, begun);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return validate(epoch, lossSum / step, rate, step * config.batchSize() / seconds);
  }

  private EpochResult validate(int epoch, double trainingLoss, double rate, double perSecond)
      throws InterruptedException {
    FaceSet faces = split.validation();
    List<float[]> answers = pool.classify(optimizer.average(), faces);
    List<Emotion> predictions = new ArrayList<>();
    double loss = 0;
    for (int i = 0; i < answers.size(); i++) {
      float[] probabilities = answers.get(i);
      predictions.add(Emotions.top1(probabilities));
      int label = faces.get(i).label();
      loss -= Math.log(Math.max(probabilities[label], 1e-12)) / answers.size();
    }
    Evaluation evaluation =
        Evaluation.of(faces.faces().stream().map(LabeledFace::emotion).toList(), predictions);
    return new EpochResult(
        epoch + 1,
        trainingLoss,
        loss,
        evaluation.accuracy(),
        evaluation.macroF1(),
        rate,
        perSecond,
        elapsed());
  }

  /** Writes what the epoch leaves behind: bundle, history, then the checkpoint that ends it. */
  private void finish(EpochResult result) throws IOException {
    boolean better = best.isBeatenBy(result.validationAccuracy());
    if (better) {
      best = new BestEpoch(result.epoch(), result.validationAccuracy());
      writeBundle(result);
    }
    history.add(result);
    checkpoints.write(
        new Checkpoint(
            fingerprint,
            result.epoch(),
            result.elapsed(),
            best,
            optimizer.steps(),
            optimizer.parameters(),
            optimizer.velocity(),
            optimizer.average()));
    progressLine.line(
        String.format(
            Locale.ROOT,
            "epoch %d: training loss %.4f, validation loss %.4f, accuracy %.2f %%, macro F1"
                + " %.2f %%, %.0f images/s%s",
            result.epoch(),
            result.trainingLoss(),
            result.validationLoss(),
            100 * result.validationAccuracy(),
            100 * result.validationMacroF1(),
            result.facesPerSecond(),
            better ? ", best so far" : ""));
  }

  private void writeBundle(EpochResult result) throws IOException {
    BundleManifest manifest =
        BundleManifest.of(
            config.network().label(),
            pool.kinds().length,
            config.network().multiplyAdds(),
            provenance(result),
            Map.of(
                "validationAccuracy", result.validationAccuracy(),
                "validationMacroF1", result.validationMacroF1(),
                "validationLoss", result.validationLoss()));
    ComputationGraph network = config.network().newServingNetwork(optimizer.average());
    try {
      ModelBundle.write(config.directory().resolve(BUNDLE), manifest, network);
    } finally {
      network.close();
    }
  }

  private Map<String, String> provenance(EpochResult result) {
    Map<String, String> provenance = new HashMap<>();
    config.command().ifPresent(command -> provenance.put("command", command));
    provenance.put("settings", fingerprint);
    provenance.put("dataFingerprint", data.fingerprint());
    provenance.put("seed", Long.toString(config.seed()));
    provenance.put("epoch", Integer.toString(result.epoch()));
    provenance.put("trainingFaces", Integer.toString(split.training().size()));
    provenance.put("validationFaces", Integer.toString(split.validation().size()));
    provenance.put("java", Runtime.version().toString());
    provenance.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return provenance;
  }

  private int[] shuffled(int epoch) {
    SplittableRandom random = Seeds.random(config.seed(), epoch);
    int[] order = new int[split.training().size()];
    for (int i = 0; i < order.length; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /** Returns the share of the training that is done, by steps or by time if that is further. */
  private double progress(long steps) {
    double bySteps = (double) steps / totalSteps;
    double byTime =
        config.budget().map(b -> (double) elapsed().toNanos() / b.toNanos()).orElse(0.0);
    return Math.min(1, Math.max(bySteps, byTime));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  private void show(int epoch, int step, double loss, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    double progress = progress(optimizer.steps());
    double total = elapsed().toNanos() / progress;
    progressLine.update(
        epoch + 1,
        step,
        stepsPerEpoch,
        loss,
        step * config.batchSize() / seconds,
        progress,
        Duration.ofNanos((long) (total * (1 - progress))));
  }
}
