// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.emotionstream.trainer.network.OneDnn.Argument;
import io.emotionstream.trainer.network.OneDnn.Step;
import io.emotionstream.trainer.network.ParameterLayout.Range;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/** A convolution; the network's first reads the faces themselves, in single precision. */
final class ConvolutionUnit implements Unit {
  private static final memory.data_type SINGLE = memory.data_type.f32;

  private final OneDnn oneDnn;
  private final Node.Convolution node;
  private final @Nullable Maps input;
  private final memory faces;
  private final Maps output;
  private final Range range;
  private final memory weights;
  private final memory weightGradient;
  private final FloatBuffer weightValues;
  private final FloatBuffer gradientValues;
  private final List<Step> uploads = new ArrayList<>();
  private final List<Step> forward = new ArrayList<>();
  private final List<Step> backward = new ArrayList<>();
  private final convolution_forward.primitive_desc forwardForm;
  private final memory source;

  /**
   * Prepares the forward computation.
   *
   * @param input what it reads, or null for {@code faces}
   */
  ConvolutionUnit(
      OneDnn oneDnn,
      Node.Convolution node,
      @Nullable Maps input,
      memory faces,
      Maps output,
      Range range) {
    this.oneDnn = oneDnn;
    this.node = node;
    this.input = input;
    this.faces = faces;
    this.output = output;
    this.range = range;
    weights = oneDnn.allocate(weightLayout(SINGLE, plainOrder()));
    weightGradient = oneDnn.allocate(weightLayout(SINGLE, plainOrder()));
    weightValues = OneDnn.floats(weights);
    gradientValues = OneDnn.floats(weightGradient);
    memory.data_type type = output.precision().type();
    if (input == null) {
      memory.desc sourceLayout = new memory.desc(faceShape(), type, memory.format_tag.nchw);
      source = type == SINGLE ? faces : oneDnn.allocate(sourceLayout);
      if (type != SINGLE) {
        forward.add(oneDnn.copy(faces, source));
      }
    } else {
      source = input.values();
    }
    forwardForm = forwardForm(source.get_desc(), output.layout(), type);
    memory ordered = oneDnn.allocate(forwardForm.weights_desc());
    uploads.add(oneDnn.copy(weights, ordered));
    forward.add(
        oneDnn.step(
            new convolution_forward(forwardForm),
            new Argument(DNNL_ARG_SRC, source),
            new Argument(DNNL_ARG_WEIGHTS, ordered),
            new Argument(DNNL_ARG_DST, output.values())));
  }

  private convolution_forward.primitive_desc forwardForm(
      memory.desc from, memory.desc to, memory.data_type type) {
    return new convolution_forward.primitive_desc(
        oneDnn.engine(),
        dnnl.prop_kind.forward_training,
        dnnl.algorithm.convolution_direct,
        from,
        weightLayout(type, memory.format_tag.any),
        to,
        strides(),
        paddingBefore(),
        paddingAfter());
  }

  private long[] faceShape() {
    int side = output.side() * node.stride();
    return new long[] {output.count(), 1, side, side};
  }

  private memory.desc weightLayout(memory.data_type type, memory.format_tag order) {
    long kernel = node.kernel();
    long[] shape =
        node.depthwise()
            ? new long[] {node.out(), 1, 1, kernel, kernel}
            : new long[] {node.out(), node.in(), kernel, kernel};
    return new memory.desc(shape, type, order);
  }

  private memory.format_tag plainOrder() {
    return node.depthwise() ? memory.format_tag.goihw : memory.format_tag.oihw;
  }

  private long[] strides() {
    return new long[] {node.stride(), node.stride()};
  }

  /** All of the padding that DL4J's Same mode adds; its greater half lies at the end. */
  private int padding() {
    return Math.max(node.kernel() - node.stride(), 0);
  }

  private long[] paddingBefore() {
    return new long[] {padding() / 2, padding() / 2};
  }

  private long[] paddingAfter() {
    int after = padding() - padding() / 2;
    return new long[] {after, after};
  }

  @Override
  public void upload(float[] parameters) {
    weightValues.put(0, parameters, range.offset(), range.length());
    uploads.forEach(Step::run);
  }

  @Override
  public void forward(boolean training) {
    forward.forEach(Step::run);
  }

  @Override
  public void prepareBackward() {
    if (input == null) {
      prepareFirstBackward();
      return;
    }
    prepareWeightGradient(source, output.gradient(), forwardForm);
    convolution_backward_data.primitive_desc form =
        new convolution_backward_data.primitive_desc(
            oneDnn.engine(),
            dnnl.algorithm.convolution_direct,
            input.layout(),
            weightLayout(output.precision().type(), memory.format_tag.any),
            output.layout(),
            strides(),
            paddingBefore(),
            paddingAfter(),
            forwardForm);
    memory ordered = oneDnn.allocate(form.weights_desc());
    uploads.add(oneDnn.copy(weights, ordered));
    Maps.GradientPart part = input.newGradientPart();
    backward.add(
        oneDnn.step(
            new convolution_backward_data(form),
            new Argument(DNNL_ARG_DIFF_DST, output.gradient()),
            new Argument(DNNL_ARG_WEIGHTS, ordered),
            new Argument(DNNL_ARG_DIFF_SRC, part.target())));
    backward.add(part.completion());
  }

  /** oneDNN has no fast bfloat16 gradient for a single input channel: in single precision, then. */
  private void prepareFirstBackward() {
    if (output.precision() == Precision.FLOAT32) {
      prepareWeightGradient(faces, output.gradient(), forwardForm);
      return;
    }
    memory.desc single =
        new memory.desc(
            new long[] {output.count(), output.channels(), output.side(), output.side()},
            SINGLE,
            memory.format_tag.nChw16c);
    memory gradient = oneDnn.allocate(single);
    backward.add(oneDnn.copy(output.gradient(), gradient));
    prepareWeightGradient(faces, gradient, forwardForm(faces.get_desc(), single, SINGLE));
  }

  private void prepareWeightGradient(
      memory from, memory gradient, convolution_forward.primitive_desc hint) {
    convolution_backward_weights.primitive_desc form =
        new convolution_backward_weights.primitive_desc(
            oneDnn.engine(),
            dnnl.algorithm.convolution_direct,
            from.get_desc(),
            weightLayout(SINGLE, memory.format_tag.any),
            gradient.get_desc(),
            strides(),
            paddingBefore(),
            paddingAfter(),
            hint);
    memory ordered = oneDnn.allocate(form.diff_weights_desc());
    backward.add(
        oneDnn.step(
            new convolution_backward_weights(form),
            new Argument(DNNL_ARG_SRC, from),
            new Argument(DNNL_ARG_DIFF_DST, gradient),
            new Argument(DNNL_ARG_DIFF_WEIGHTS, ordered)));
    backward.add(oneDnn.copy(ordered, weightGradient));
  }

  @Override
  public void backward() {
    backward.forEach(Step::run);
  }

  @Override
  public void download(float[] parameters, float[] gradient) {
    gradientValues.get(0, gradient, range.offset(), range.length());
  }
}
