// SPDX-License-Identifier: Apache-2.0
/** Many cameras at once, for as long as one likes. */
@NullMarked
package io.emotionstream.it.cameras;

import org.jspecify.annotations.NullMarked;
