// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.emotionstream.trainer.network.OneDnn.Argument;
import io.emotionstream.trainer.network.OneDnn.Step;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * The sum of two maps, then ReLU.
 *
 * <p>Its gradient is cut where ReLU was shut, in place, and then is the gradient of both maps. That
 * they share the memory does no harm: the left one, a residual, is read by this node only, so its
 * maker has used it up before the right one's other readers add to it.
 */
final class AdditionUnit implements Unit {
  private static final dnnl.algorithm RELU = dnnl.algorithm.eltwise_relu_use_dst_for_bwd;

  private final OneDnn oneDnn;
  private final Maps left;
  private final Maps right;
  private final Maps output;
  private final Step forward;
  private final List<Step> backward = new ArrayList<>();

  AdditionUnit(OneDnn oneDnn, Maps left, Maps right, Maps output) {
    this.oneDnn = oneDnn;
    this.left = left;
    this.right = right;
    this.output = output;
    post_ops relu = new post_ops();
    relu.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(relu);
    binary.primitive_desc form =
        new binary.primitive_desc(
            oneDnn.engine(),
            dnnl.algorithm.binary_add,
            left.layout(),
            right.layout(),
            output.layout(),
            attributes,
            false);
    forward =
        oneDnn.step(
            new binary(form),
            new Argument(DNNL_ARG_SRC_0, left.values()),
            new Argument(DNNL_ARG_SRC_1, right.values()),
            new Argument(DNNL_ARG_DST, output.values()));
  }

  @Override
  public void forward(boolean training) {
    forward.run();
  }

  @Override
  public void prepareBackward() {
    memory.desc layout = output.layout();
    eltwise_forward.primitive_desc hint =
        new eltwise_forward.primitive_desc(
            oneDnn.engine(), dnnl.prop_kind.forward_training, RELU, layout, layout, 0f, 0f);
    eltwise_backward.primitive_desc form =
        new eltwise_backward.primitive_desc(
            oneDnn.engine(), RELU, layout, layout, layout, 0f, 0f, hint);
    memory gradient = output.gradient();
    backward.add(
        oneDnn.step(
            new eltwise_backward(form),
            new Argument(DNNL_ARG_DST, output.values()),
            new Argument(DNNL_ARG_DIFF_DST, gradient),
            new Argument(DNNL_ARG_DIFF_SRC, gradient)));
    backward.add(left.addGradientPart(gradient));
    backward.add(right.addGradientPart(gradient));
  }

  @Override
  public void backward() {
    backward.forEach(Step::run);
  }
}
