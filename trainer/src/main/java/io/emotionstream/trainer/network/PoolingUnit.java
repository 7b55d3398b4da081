// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.emotionstream.trainer.network.OneDnn.Argument;
import io.emotionstream.trainer.network.OneDnn.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.jspecify.annotations.Nullable;

/** Maximum or mean over 2x2 pixels. */
final class PoolingUnit implements Unit {
  private static final long[] WINDOW = {2, 2};
  private static final long[] NONE = {0, 0};

  private final OneDnn oneDnn;
  private final Maps input;
  private final Maps output;
  private final dnnl.algorithm algorithm;
  private final pooling_forward.primitive_desc form;
  private final @Nullable memory workspace;
  private final Step forward;
  private @Nullable Step backward;

  PoolingUnit(OneDnn oneDnn, Node.Pooling node, Maps input, Maps output) {
    this.oneDnn = oneDnn;
    this.input = input;
    this.output = output;
    algorithm =
        node.maximum() ? dnnl.algorithm.pooling_max : dnnl.algorithm.pooling_avg_exclude_padding;
    form =
        new pooling_forward.primitive_desc(
            oneDnn.engine(),
            dnnl.prop_kind.forward_training,
            algorithm,
            input.layout(),
            output.layout(),
            WINDOW,
            WINDOW,
            NONE,
            NONE,
            NONE);
    workspace = node.maximum() ? oneDnn.allocate(form.workspace_desc()) : null;
    forward =
        oneDnn.step(
            new pooling_forward(form),
            withWorkspace(
                new Argument(DNNL_ARG_SRC, input.values()),
                new Argument(DNNL_ARG_DST, output.values())));
  }

  private Argument[] withWorkspace(Argument from, Argument to) {
    List<Argument> arguments = new ArrayList<>(List.of(from, to));
    if (workspace != null) {
      arguments.add(new Argument(DNNL_ARG_WORKSPACE, workspace));
    }
    return arguments.toArray(Argument[]::new);
  }

  @Override
  public void forward(boolean training) {
    forward.run();
  }

  @Override
  public void prepareBackward() {
    Maps.GradientPart part = input.newGradientPart();
    Step gradient =
        oneDnn.step(
            new pooling_backward(
                new pooling_backward.primitive_desc(
                    oneDnn.engine(),
                    algorithm,
                    input.layout(),
                    output.layout(),
                    WINDOW,
                    WINDOW,
                    NONE,
                    NONE,
                    NONE,
                    form)),
            withWorkspace(
                new Argument(DNNL_ARG_DIFF_DST, output.gradient()),
                new Argument(DNNL_ARG_DIFF_SRC, part.target())));
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
}
