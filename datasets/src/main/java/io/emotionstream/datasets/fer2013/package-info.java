// SPDX-License-Identifier: Apache-2.0
/** FER-2013 files, row by row. */
@NullMarked
package io.emotionstream.datasets.fer2013;

import org.jspecify.annotations.NullMarked;
