// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.emotionstream.classifier;

import org.jspecify.annotations.NullMarked;
