// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.trainer.augment.Augmenter;
import io.emotionstream.trainer.augment.Seeds;
import io.emotionstream.trainer.data.FaceSet;
import io.emotionstream.trainer.data.LabeledFace;
import io.emotionstream.trainer.data.VoteTargets;
import io.emotionstream.trainer.network.ParameterKind;
import io.emotionstream.trainer.network.TrainingForm;
import io.emotionstream.trainer.network.TrainingNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads with a network each, which share the work of a batch.
 *
 * <p>A batch is cut into shards of {@value TrainingConfig#SHARD} faces, always the same way, and
 * their gradients are summed in order: the result does not depend on the number of threads. Idle
 * threads take the next shard, so that a busy neighbour on one core does not hold up the other.
 * Used by one caller at a time.
 */
final class GradientPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GradientPool.class);
  private static final long CLOSE_SECONDS = 60;

  /** Keeps the draws of dropout apart from those of augmentation, which have rows as positions. */
  private static final long DROPOUT = 0x64726F70; // "drop"

  private final TrainingConfig config;
  private final @Nullable VoteTargets votes;
  private final int targets;
  private final float[] classWeights;
  private final Augmenter augmenter;
  private final ExecutorService threads;
  private final List<Teachers.Teacher> teachers;
  private final ConcurrentLinkedQueue<Worker> workers = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Worker> worker;
  private final ParameterKind[] kinds;
  private final float[][] shardGradients;
  private final float[] gradient;
  private long version;

  /** A thread's network with the version of the parameters it has, and its teachers. */
  private static final class Worker implements AutoCloseable {
    private final TrainingNetwork network;
    private final Teachers teachers;
    private long version = -1;

    Worker(TrainingNetwork network, Teachers teachers) {
      this.network = network;
      this.teachers = teachers;
    }

    TrainingNetwork with(float[] parameters, long wanted) {
      if (version != wanted) {
        network.setParameters(parameters);
        version = wanted;
      }
      return network;
    }

    @Override
    public void close() {
      network.close();
      teachers.close();
    }
  }

  /**
   * Starts the threads.
   *
   * @param votes what people voted, for the second question, or null for none
   * @param classWeights by label, what a face's loss is multiplied by
   * @param teachers whose answers are learned beside the labels
   */
  GradientPool(
      TrainingConfig config,
      @Nullable VoteTargets votes,
      float[] classWeights,
      List<Teachers.Teacher> teachers)
      throws InterruptedException {
    this.config = config;
    this.teachers = List.copyOf(teachers);
    this.classWeights = classWeights.clone();
    this.votes = votes;
    targets = Emotions.COUNT + auxiliaryClasses();
    augmenter = new Augmenter(config.augmentation(), config.seed());
    threads = Executors.newFixedThreadPool(config.threads(), GradientPool::daemon);
    worker = ThreadLocal.withInitial(this::newWorker);
    kinds = join(threads.submit(() -> worker.get().network.parameterKinds()));
    gradient = new float[kinds.length];
    shardGradients = new float[config.batchSize() / TrainingConfig.SHARD][kinds.length];
  }

  /** Returns the classes of the second question, 0 if there is none. */
  int auxiliaryClasses() {
    return votes == null ? 0 : VoteTargets.CLASSES;
  }

  ParameterKind[] kinds() {
    return kinds;
  }

  float[] initialParameters() throws InterruptedException {
    return join(threads.submit(() -> worker.get().network.initialParameters(config.seed())));
  }

  /**
   * The gradient of one batch.
   *
   * @param correct faces whose heaviest target was the answer
   * @param mean overwritten by the next batch
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record BatchGradient(double loss, int correct, float[] mean) {}

  /**
   * Computes the mean gradient over the augmented faces of a batch.
   *
   * @param order indices into {@code faces}
   * @param from where the batch begins in {@code order}
   */
  BatchGradient gradient(float[] parameters, FaceSet faces, int[] order, int from, int epoch)
      throws InterruptedException {
    List<Callable<TrainingNetwork.Fit>> shards = new ArrayList<>();
    long current = ++version;
    for (int shard = 0; shard < shardGradients.length; shard++) {
      int start = from + shard * TrainingConfig.SHARD;
      float[] target = shardGradients[shard];
      shards.add(() -> shardGradient(parameters, current, faces, order, start, epoch, target));
    }
    double loss = 0;
    int correct = 0;
    for (Future<TrainingNetwork.Fit> shard : threads.invokeAll(shards)) {
      TrainingNetwork.Fit fit = join(shard);
      loss += fit.loss() / shardGradients.length;
      correct += fit.correct();
    }
    sumShards();
    return new BatchGradient(loss, correct, gradient);
  }

  private TrainingNetwork.Fit shardGradient(
      float[] parameters,
      long current,
      FaceSet faces,
      int[] order,
      int start,
      int epoch,
      float[] target) {
    float[] input = new float[TrainingConfig.SHARD * FaceNormalizer.PIXELS];
    float[] labels = new float[TrainingConfig.SHARD * targets];
    for (int i = 0; i < TrainingConfig.SHARD; i++) {
      LabeledFace face = faces.get(order[start + i]);
      augmenter.augment(face, epoch, input, i * FaceNormalizer.PIXELS);
      writeTargets(face, labels, i * targets);
    }
    augmenter.mix(input, labels, TrainingConfig.SHARD, epoch, start);
    Worker own = worker.get();
    own.teachers.teach(input, labels, targets, epoch, start);
    return own.with(parameters, current)
        .gradient(input, labels, dropoutSeed(config.seed(), epoch, start), target);
  }

  private void writeTargets(LabeledFace face, float[] labels, int offset) {
    float smoothing = (float) config.optimization().labelSmoothing();
    Arrays.fill(labels, offset, offset + Emotions.COUNT, smoothing / Emotions.COUNT);
    labels[offset + face.label()] += 1 - smoothing;
    if (votes != null) {
      votes.write(face.row(), labels, offset + Emotions.COUNT);
    }
    for (int i = offset; i < offset + targets; i++) {
      labels[i] *= classWeights[face.label()];
    }
  }

  /**
   * Returns what the shard's dropout draws from.
   *
   * @param start where the shard begins in the order of the epoch
   */
  static long dropoutSeed(long seed, int epoch, int start) {
    return Seeds.derive(seed, DROPOUT, epoch, start);
  }

  private void sumShards() {
    float perFace = 1f / config.batchSize();
    float perShard = 1f / shardGradients.length;
    for (int i = 0; i < gradient.length; i++) {
      float sum = 0;
      for (float[] shard : shardGradients) {
        sum += shard[i];
      }
      gradient[i] = sum * (kinds[i] == ParameterKind.RUNNING_STATISTIC ? perShard : perFace);
    }
  }

  /** Returns for each face, as it is, seven probabilities. */
  List<float[]> classify(float[] parameters, FaceSet faces) throws InterruptedException {
    List<Callable<float[][]>> chunks = new ArrayList<>();
    long current = ++version;
    for (int from = 0; from < faces.size(); from += TrainingConfig.SHARD) {
      List<LabeledFace> chunk =
          faces.faces().subList(from, Math.min(faces.size(), from + TrainingConfig.SHARD));
      chunks.add(() -> classifyChunk(parameters, current, chunk));
    }
    List<float[]> answers = new ArrayList<>(faces.size());
    for (Future<float[][]> chunk : threads.invokeAll(chunks)) {
      answers.addAll(Arrays.asList(join(chunk)));
    }
    return answers;
  }

  private float[][] classifyChunk(float[] parameters, long current, List<LabeledFace> faces) {
    float[] input = new float[faces.size() * FaceNormalizer.PIXELS];
    for (int i = 0; i < faces.size(); i++) {
      float[] face = faces.get(i).normalized();
      System.arraycopy(face, 0, input, i * FaceNormalizer.PIXELS, FaceNormalizer.PIXELS);
    }
    return worker.get().with(parameters, current).classify(input);
  }

  /**
   * Ends the threads and closes their networks; waits for what they compute, for a native operation
   * whose memory is taken away would end the process.
   */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        workers.forEach(Worker::close);
      } else {
        LOG.warn("gradient threads still compute after {} s: left as they are", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Worker newWorker() {
    TrainingNetwork network =
        config
            .network()
            .newTrainingNetwork(
                new TrainingForm(
                    TrainingConfig.SHARD,
                    config.optimization().dropout(),
                    auxiliaryClasses(),
                    config.optimization().voteWeight(),
                    config.precision()));
    Teachers own =
        new Teachers(
            teachers, config.predecessors().teacherWeight(), config.precision(), config.seed());
    Worker created = new Worker(network, own);
    workers.add(created);
    return created;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "gradient");
    thread.setDaemon(true);
    return thread;
  }

  private static <T> T join(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a gradient thread failed", e.getCause());
    }
  }
}
