// SPDX-License-Identifier: Apache-2.0
/** Figures that can be read in print: labelled axes, large type, colours told apart by all. */
@NullMarked
package io.emotionstream.trainer.chart;

import org.jspecify.annotations.NullMarked;
