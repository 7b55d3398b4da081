// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.ModelBundle;
import io.emotionstream.model.NativeKernels;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.augment.Seeds;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.evaluate.Evaluation;
import io.emotionstream.trainer.evaluate.EvaluationRun;
import io.emotionstream.trainer.evaluate.ValidationSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network and keeps, as a bundle, the epoch with the best validation accuracy or loss.
 *
 * <p>The same settings, data and library versions give the same losses, broken off and resumed or
 * not, on one thread or several, as long as native operations use one thread ({@code
 * OMP_NUM_THREADS=1}) and no time budget cuts the run short. PublicTest and PrivateTest rows are
 * never looked at, unless the settings name one of them as the split to choose the best epoch by.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final TrainingConfig config;
  private final Faces faces;
  private final String fingerprint;
  private final GradientPool pool;
  private final CheckpointDirectory checkpoints;
  private final ProgressLine progressLine;
  private final long totalSteps;
  private final int stepsPerEpoch;
  private final Optimizer optimizer;
  private final History history;
  private final BestBundle bundle;
  private final int firstEpoch;
  private final long startedAt;
  private BestEpoch best;

  private Trainer(TrainingConfig config, Faces faces, GradientPool pool, Lineage lineage)
      throws IOException, InterruptedException {
    this.config = config;
    this.faces = faces;
    this.pool = pool;
    fingerprint =
        config.fingerprint(
            faces.fingerprint(), lineage.fingerprint(config.predecessors().teacherWeight()));
    bundle = new BestBundle(config, faces, fingerprint, lineage, pool.auxiliaryClasses());
    checkpoints = new CheckpointDirectory(config.directory());
    progressLine = new ProgressLine(System.err, ProgressLine.isTerminal());
    stepsPerEpoch = faces.training().size() / config.batchSize();
    totalSteps = (long) stepsPerEpoch * config.epochs();
    Checkpoint from = config.resume() ? checkpoints.latest(fingerprint).orElse(null) : null;
    optimizer =
        from == null
            ? new Optimizer(config.optimization(), pool.kinds(), initialParameters(lineage.start()))
            : new Optimizer(config.optimization(), pool.kinds(), from.optimizer());
    best = from == null ? BestEpoch.NONE : from.best();
    firstEpoch = from == null ? 0 : from.epoch();
    startedAt = System.nanoTime() - (from == null ? 0 : from.elapsed().toNanos());
    history = History.keeping(config.directory().resolve("history.csv"), firstEpoch);
  }

  private float[] initialParameters(@Nullable ModelBundle start)
      throws IOException, InterruptedException {
    float[] initial = pool.initialParameters();
    if (start == null) {
      return initial;
    }
    ComputationGraph network = start.newNetwork();
    try {
      return config.network().parametersOf(network, initial, pool.auxiliaryClasses());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s cannot start a %s: %s".formatted(start, config.network().label(), e.getMessage()), e);
    } finally {
      network.close();
    }
  }

  /**
   * Trains to the end.
   *
   * @return the best epoch's bundle, {@code best.emotion} in the run's directory
   * @throws IOException if the data cannot be read or is too small, the directory holds a run that
   *     is not to be resumed or cannot be written, the bundle to start from has another network, a
   *     teacher one that the trainer does not know, or the budget is over before an epoch is
   * @throws InterruptedException if the calling thread is interrupted; the last checkpoint holds
   */
  public static Path train(TrainingConfig config) throws IOException, InterruptedException {
    warnOfManyThreads(config);
    refuseToOverwrite(config);
    Lineage lineage = Lineage.read(config.predecessors());
    Faces faces = Faces.read(config);
    Files.createDirectories(config.directory());
    lineage.warnings(config, faces.fingerprint()).forEach(LOG::warn);
    try (GradientPool pool = newPool(config, faces, lineage)) {
      return new Trainer(config, faces, pool, lineage).run();
    }
  }

  /**
   * Finds a peak learning rate for {@code config}: raises the rate from step to step until the loss
   * grows, and writes what happened to its directory.
   *
   * @return the rate at which the loss fell fastest
   * @throws IOException as {@link #train} does
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static double findLearningRate(TrainingConfig config)
      throws IOException, InterruptedException {
    warnOfManyThreads(config);
    Faces faces = Faces.read(config);
    Files.createDirectories(config.directory());
    try (GradientPool pool = newPool(config, faces, Lineage.read(config.predecessors()))) {
      return LearningRateFinder.find(config, faces.training(), pool);
    }
  }

  private static GradientPool newPool(TrainingConfig config, Faces faces, Lineage lineage)
      throws IOException, InterruptedException {
    List<Teachers.Teacher> teachers = new ArrayList<>();
    for (ModelBundle bundle : lineage.teachers()) {
      teachers.add(Teachers.Teacher.of(bundle));
    }
    return new GradientPool(
        config, faces.votes(), config.data().imbalance().weights(faces.training()), teachers);
  }

  private static void warnOfManyThreads(TrainingConfig config) {
    NativeKernels kernels = NativeKernels.enable();
    if (kernels.threads() > 1) {
      LOG.warn(
          "native operations use {} threads each: set OMP_NUM_THREADS=1, for {} Java threads share"
              + " the work already",
          kernels.threads(),
          config.threads());
    }
  }

  /** Hours of training are not lost for a forgotten {@code --resume}. */
  private static void refuseToOverwrite(TrainingConfig config) throws IOException {
    Path directory = config.directory();
    boolean holdsRun =
        Files.exists(BestBundle.file(directory)) || new CheckpointDirectory(directory).holdsAny();
    if (holdsRun && !config.resume()) {
      throw new IOException(
          "%s holds a run: --resume goes on with it, or choose another --out".formatted(directory));
    }
  }

  private Path run() throws IOException, InterruptedException {
    LOG.info(
        "training {} on {} faces, validating on {}, from epoch {}: {}",
        config.network().describe(),
        faces.training().size(),
        faces.validation().size(),
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
    EpochResult chosen = history.results().get(best.epoch() - 1);
    LOG.info(
        "best epoch is {} with a validation accuracy of {} %, overfitting gap {} points",
        best.epoch(), percent(chosen.validationAccuracy()), percent(Curves.gap(chosen)));
    calibrate();
    return bundle.file();
  }

  /** Fits to the validation faces what the best network as it serves answers to them. */
  private void calibrate() throws IOException {
    ModelBundle best = ModelBundle.load(bundle.file());
    String split = config.data().validationUsage().map(Usage::label).orElse(ValidationSplit.NAME);
    best.rewrite(
        bundle.file(),
        best.manifest().withCalibration(EvaluationRun.calibrate(best, faces.validation(), split)));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private boolean isDone(int epoch) {
    int patience = config.stopping().patience();
    boolean impatient = patience > 0 && epoch - best.epoch() >= patience;
    return impatient || progress(optimizer.steps()) >= 1;
  }

  /** Trains one epoch and validates the averaged weights. */
  private EpochResult train(int epoch) throws InterruptedException {
    int[] order =
        config.data().imbalance().order(faces.training(), Seeds.random(config.seed(), epoch));
    long begun = System.nanoTime();
    double lossSum = 0;
    long correct = 0;
    double rate = 0;
    int step = 0;
    while (step < stepsPerEpoch && progress(optimizer.steps()) < 1) {
      rate = config.optimization().rateAt(progress(optimizer.steps()));
      GradientPool.BatchGradient batch =
          pool.gradient(
              optimizer.parameters(), faces.training(), order, step * config.batchSize(), epoch);
      if (!Double.isFinite(batch.loss())) {
        throw new IllegalStateException(
            "the loss is %s in step %d of epoch %d: lower the learning rate, now %s"
                .formatted(batch.loss(), step + 1, epoch + 1, rate));
      }
      optimizer.step(batch.mean(), rate);
      lossSum += batch.loss();
      correct += batch.correct();
      step++;
      show(epoch, step, lossSum / step, begun);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    int trained = step * config.batchSize();
    Validation validation = validate();
    return new EpochResult(
        epoch + 1,
        lossSum / step,
        (double) correct / trained,
        validation.loss(),
        validation.evaluation().accuracy(),
        validation.evaluation().macroF1(),
        rate,
        trained / seconds,
        elapsed());
  }

  private record Validation(double loss, Evaluation evaluation) {}

  private Validation validate() throws InterruptedException {
    FaceSet held = faces.validation();
    List<float[]> answers = pool.classify(optimizer.average(), held);
    List<Emotion> predictions = new ArrayList<>();
    double loss = 0;
    for (int i = 0; i < answers.size(); i++) {
      float[] probabilities = answers.get(i);
      predictions.add(Emotions.top1(probabilities));
      int label = held.get(i).label();
      loss -= Math.log(Math.max(probabilities[label], 1e-12)) / answers.size();
    }
    List<Emotion> labels = held.faces().stream().map(LabeledFace::emotion).toList();
    return new Validation(loss, Evaluation.of(labels, predictions));
  }

  /** Writes what the epoch leaves behind: bundle, history, then the checkpoint that ends it. */
  private void finish(EpochResult result) throws IOException {
    double merit = config.stopping().by().merit(result);
    boolean better = best.isBeatenBy(merit);
    if (better) {
      best = new BestEpoch(result.epoch(), merit);
      bundle.write(result, optimizer.average());
    }
    history.add(result);
    checkpoints.write(
        new Checkpoint(fingerprint, result.epoch(), result.elapsed(), best, optimizer.state()));
    Curves.draw(history.results(), best, config.directory());
    progressLine.line(
        String.format(
            Locale.ROOT,
            "epoch %d: training loss %.4f, accuracy %.2f %%, validation loss %.4f, accuracy %.2f"
                + " %%, macro F1 %.2f %%, %.0f images/s%s",
            result.epoch(),
            result.trainingLoss(),
            100 * result.trainingAccuracy(),
            result.validationLoss(),
            100 * result.validationAccuracy(),
            100 * result.validationMacroF1(),
            result.facesPerSecond(),
            better ? ", best so far" : ""));
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
