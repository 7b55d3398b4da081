// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.emotionstream.distribution;

import org.jspecify.annotations.NullMarked;
