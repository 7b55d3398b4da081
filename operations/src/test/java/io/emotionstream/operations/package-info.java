// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.emotionstream.operations;

import org.jspecify.annotations.NullMarked;
