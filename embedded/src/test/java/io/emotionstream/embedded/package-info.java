// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.emotionstream.embedded;

import org.jspecify.annotations.NullMarked;
