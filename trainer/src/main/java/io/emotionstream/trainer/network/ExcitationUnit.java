// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.emotionstream.trainer.network.OneDnn.Argument;
import io.emotionstream.trainer.network.OneDnn.Step;
import io.emotionstream.trainer.network.ParameterLayout.Key;
import java.util.Objects;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.jspecify.annotations.Nullable;

/** Squeeze-and-excitation; its two small dense layers are plain Java. */
final class ExcitationUnit implements Unit {
  private final OneDnn oneDnn;
  private final Maps input;
  private final Maps output;
  private final int count;
  private final int channels;
  private final DenseLayer squeeze;
  private final DenseLayer excite;
  private final memory means;
  private final memory gates;
  private final Step mean;
  private final Step scale;
  private final float[] meanValues;
  private final float[] gateValues;
  private final float[] squeezed;
  private @Nullable Backward backward;

  /**
   * What {@link #backward} runs.
   *
   * @param gateGradients receives what {@code gateGradient} computes, a mean over pixels
   * @param meanGradients what {@code addMeanGradient} adds to each pixel
   */
  private record Backward(
      Step gateGradient,
      memory gateGradients,
      Step inputGradient,
      memory meanGradients,
      Step addMeanGradient,
      Step completion) {}

  ExcitationUnit(
      OneDnn oneDnn, Node.Excitation node, Maps input, Maps output, ParameterLayout layout) {
    this.oneDnn = oneDnn;
    this.input = input;
    this.output = output;
    count = input.count();
    channels = node.channels();
    squeeze =
        new DenseLayer(
            channels,
            node.squeezed(),
            layout.range(node.name(), Key.WEIGHTS),
            layout.range(node.name(), Key.BIAS));
    excite =
        new DenseLayer(
            node.squeezed(),
            channels,
            layout.range(node.name(), Key.SECOND_WEIGHTS),
            layout.range(node.name(), Key.SECOND_BIAS));
    means = oneDnn.allocate(input.layout(1));
    gates = oneDnn.allocate(input.layout(1));
    meanValues = new float[count * channels];
    gateValues = new float[count * channels];
    squeezed = new float[count * node.squeezed()];
    mean = meanOf(input.values(), means);
    scale = combine(dnnl.algorithm.binary_mul, input.values(), gates, output.values());
  }

  private Step meanOf(memory maps, memory target) {
    long[] window = {input.side(), input.side()};
    long[] none = {0, 0};
    pooling_forward.primitive_desc form =
        new pooling_forward.primitive_desc(
            oneDnn.engine(),
            dnnl.prop_kind.forward_inference,
            dnnl.algorithm.pooling_avg_exclude_padding,
            input.layout(),
            input.layout(1),
            window,
            window,
            none,
            none,
            none);
    return oneDnn.step(
        new pooling_forward(form),
        new Argument(DNNL_ARG_SRC, maps),
        new Argument(DNNL_ARG_DST, target));
  }

  /** Returns a step over maps and either maps or one value for each of their channels. */
  private Step combine(dnnl.algorithm algorithm, memory maps, memory other, memory target) {
    binary.primitive_desc form =
        new binary.primitive_desc(
            oneDnn.engine(), algorithm, input.layout(), other.get_desc(), input.layout());
    return oneDnn.step(
        new binary(form),
        new Argument(DNNL_ARG_SRC_0, maps),
        new Argument(DNNL_ARG_SRC_1, other),
        new Argument(DNNL_ARG_DST, target));
  }

  @Override
  public void upload(float[] parameters) {
    squeeze.upload(parameters);
    excite.upload(parameters);
  }

  @Override
  public void forward(boolean training) {
    mean.run();
    input.precision().read(means, meanValues);
    squeeze.forward(meanValues, count, squeezed);
    for (int i = 0; i < squeezed.length; i++) {
      squeezed[i] = Math.max(squeezed[i], 0);
    }
    excite.forward(squeezed, count, gateValues);
    for (int i = 0; i < gateValues.length; i++) {
      gateValues[i] = (float) (1 / (1 + Math.exp(-gateValues[i])));
    }
    input.precision().write(gateValues, gates);
    scale.run();
  }

  @Override
  public void prepareBackward() {
    memory product = input.like();
    memory gateGradients = oneDnn.allocate(input.layout(1));
    memory meanGradients = oneDnn.allocate(input.layout(1));
    Step multiply = combine(dnnl.algorithm.binary_mul, output.gradient(), input.values(), product);
    Step average = meanOf(product, gateGradients);
    Maps.GradientPart part = input.newGradientPart();
    backward =
        new Backward(
            () -> {
              multiply.run();
              average.run();
            },
            gateGradients,
            combine(dnnl.algorithm.binary_mul, output.gradient(), gates, part.target()),
            meanGradients,
            combine(dnnl.algorithm.binary_add, part.target(), meanGradients, part.target()),
            part.completion());
  }

  @Override
  public void backward() {
    Backward steps = Objects.requireNonNull(backward);
    int area = input.side() * input.side();
    steps.gateGradient().run();
    float[] gateGradient = new float[count * channels];
    input.precision().read(steps.gateGradients(), gateGradient);
    for (int i = 0; i < gateGradient.length; i++) {
      gateGradient[i] *= area * gateValues[i] * (1 - gateValues[i]);
    }
    float[] squeezedGradient = new float[squeezed.length];
    excite.backward(squeezed, gateGradient, count, squeezedGradient);
    for (int i = 0; i < squeezed.length; i++) {
      squeezedGradient[i] = squeezed[i] > 0 ? squeezedGradient[i] : 0;
    }
    float[] meanGradient = new float[count * channels];
    squeeze.backward(meanValues, squeezedGradient, count, meanGradient);
    for (int i = 0; i < meanGradient.length; i++) {
      meanGradient[i] /= area;
    }
    steps.inputGradient().run();
    input.precision().write(meanGradient, steps.meanGradients());
    steps.addMeanGradient().run();
    steps.completion().run();
  }

  @Override
  public void download(float[] parameters, float[] gradient) {
    squeeze.download(gradient);
    excite.download(gradient);
  }
}
