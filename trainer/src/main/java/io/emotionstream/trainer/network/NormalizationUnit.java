// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.emotionstream.trainer.network.OneDnn.Argument;
import io.emotionstream.trainer.network.OneDnn.Step;
import io.emotionstream.trainer.network.ParameterLayout.Key;
import io.emotionstream.trainer.network.ParameterLayout.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization, with ReLU in the same pass over memory if the node has one.
 *
 * <p>The "gradient" of a running statistic is what is to be subtracted from it: a tenth of its
 * distance from the batch's.
 */
final class NormalizationUnit implements Unit {
  private static final float RUNNING_SHARE = 0.1f;

  private final OneDnn oneDnn;
  private final Maps input;
  private final Maps output;
  private final int flags;
  private final memory scale;
  private final memory shift;
  private final memory batchMean;
  private final memory batchVariance;
  private final memory scaleGradient;
  private final memory shiftGradient;
  private final @Nullable memory workspace;
  private final batch_normalization_forward.primitive_desc trainingForm;
  private final Step training;
  private final Step inference;
  private final List<Transfer> uploads = new ArrayList<>();
  private final List<Transfer> gradients = new ArrayList<>();
  private final List<Transfer> statistics = new ArrayList<>();
  private @Nullable Step backward;

  private record Transfer(memory memory, Range range) {}

  NormalizationUnit(
      OneDnn oneDnn, Node.Normalization node, Maps input, Maps output, ParameterLayout layout) {
    this.oneDnn = oneDnn;
    this.input = input;
    this.output = output;
    int channels = node.channels();
    flags =
        dnnl.normalization_flags.use_scale.value
            | dnnl.normalization_flags.use_shift.value
            | (node.rectified() ? dnnl.normalization_flags.fuse_norm_relu.value : 0);
    scale = oneDnn.allocateVector(channels);
    shift = oneDnn.allocateVector(channels);
    batchMean = oneDnn.allocateVector(channels);
    batchVariance = oneDnn.allocateVector(channels);
    scaleGradient = oneDnn.allocateVector(channels);
    shiftGradient = oneDnn.allocateVector(channels);
    memory runningMean = oneDnn.allocateVector(channels);
    memory runningVariance = oneDnn.allocateVector(channels);
    trainingForm = form(dnnl.prop_kind.forward_training, flags);
    workspace = node.rectified() ? oneDnn.allocate(trainingForm.workspace_desc()) : null;
    training = step(trainingForm, batchMean, batchVariance, workspace);
    inference =
        step(
            form(
                dnnl.prop_kind.forward_inference,
                flags | dnnl.normalization_flags.use_global_stats.value),
            runningMean,
            runningVariance,
            null);
    Range gamma = layout.range(node.name(), Key.GAMMA);
    Range beta = layout.range(node.name(), Key.BETA);
    Range mean = layout.range(node.name(), Key.MEAN);
    Range variance = layout.range(node.name(), Key.VARIANCE);
    uploads.add(new Transfer(scale, gamma));
    uploads.add(new Transfer(shift, beta));
    uploads.add(new Transfer(runningMean, mean));
    uploads.add(new Transfer(runningVariance, variance));
    gradients.add(new Transfer(scaleGradient, gamma));
    gradients.add(new Transfer(shiftGradient, beta));
    statistics.add(new Transfer(batchMean, mean));
    statistics.add(new Transfer(batchVariance, variance));
  }

  private batch_normalization_forward.primitive_desc form(dnnl.prop_kind kind, int chosen) {
    return new batch_normalization_forward.primitive_desc(
        oneDnn.engine(),
        kind.value,
        input.layout(),
        output.layout(),
        NetworkSpec.NORMALIZATION_EPSILON,
        chosen);
  }

  private Step step(
      batch_normalization_forward.primitive_desc form,
      memory mean,
      memory variance,
      @Nullable memory mask) {
    List<Argument> arguments =
        new ArrayList<>(
            List.of(
                new Argument(DNNL_ARG_SRC, input.values()),
                new Argument(DNNL_ARG_SCALE, scale),
                new Argument(DNNL_ARG_SHIFT, shift),
                new Argument(DNNL_ARG_MEAN, mean),
                new Argument(DNNL_ARG_VARIANCE, variance),
                new Argument(DNNL_ARG_DST, output.values())));
    if (mask != null) {
      arguments.add(new Argument(DNNL_ARG_WORKSPACE, mask));
    }
    return oneDnn.step(new batch_normalization_forward(form), arguments.toArray(Argument[]::new));
  }

  @Override
  public void upload(float[] parameters) {
    for (Transfer transfer : uploads) {
      Range range = transfer.range();
      OneDnn.floats(transfer.memory()).put(0, parameters, range.offset(), range.length());
    }
  }

  @Override
  public void forward(boolean train) {
    (train ? training : inference).run();
  }

  @Override
  public void prepareBackward() {
    batch_normalization_backward.primitive_desc form =
        new batch_normalization_backward.primitive_desc(
            oneDnn.engine(),
            dnnl.prop_kind.backward.value,
            input.layout(),
            output.layout(),
            input.layout(),
            NetworkSpec.NORMALIZATION_EPSILON,
            flags,
            trainingForm);
    Maps.GradientPart part = input.newGradientPart();
    List<Argument> arguments =
        new ArrayList<>(
            List.of(
                new Argument(DNNL_ARG_SRC, input.values()),
                new Argument(DNNL_ARG_MEAN, batchMean),
                new Argument(DNNL_ARG_VARIANCE, batchVariance),
                new Argument(DNNL_ARG_SCALE, scale),
                new Argument(DNNL_ARG_DIFF_DST, output.gradient()),
                new Argument(DNNL_ARG_DIFF_SRC, part.target()),
                new Argument(DNNL_ARG_DIFF_SCALE, scaleGradient),
                new Argument(DNNL_ARG_DIFF_SHIFT, shiftGradient)));
    if (workspace != null) {
      arguments.add(new Argument(DNNL_ARG_WORKSPACE, workspace));
    }
    Step gradient =
        oneDnn.step(new batch_normalization_backward(form), arguments.toArray(Argument[]::new));
    backward =
        () -> {
          gradient.run();
          part.completion().run();
        };
  }

  @Override
  public void backward() {
    Objects.requireNonNull(backward).run();
  }

  @Override
  public void download(float[] parameters, float[] gradient) {
    for (Transfer transfer : gradients) {
      Range range = transfer.range();
      OneDnn.floats(transfer.memory()).get(0, gradient, range.offset(), range.length());
    }
    for (Transfer transfer : statistics) {
      Range range = transfer.range();
      OneDnn.floats(transfer.memory()).get(0, gradient, range.offset(), range.length());
      for (int i = range.offset(); i < range.end(); i++) {
        gradient[i] = RUNNING_SHARE * (parameters[i] - gradient[i]);
      }
    }
  }
}
