// SPDX-License-Identifier: Apache-2.0
/** The networks that can be trained, and their gradients. */
@NullMarked
package io.emotionstream.trainer.network;

import org.jspecify.annotations.NullMarked;
