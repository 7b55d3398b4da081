// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.emotionstream.testkit;

import org.jspecify.annotations.NullMarked;
