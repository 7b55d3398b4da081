// SPDX-License-Identifier: Apache-2.0
/**
 * {@code ./emotion bench}: what the whole pipeline costs beside the bare network.
 *
 * <p>Broker and classifier run in processes of their own, so that the CPU time of each can be read.
 */
@NullMarked
package io.emotionstream.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
