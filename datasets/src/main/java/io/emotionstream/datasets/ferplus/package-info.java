// SPDX-License-Identifier: Apache-2.0
/** FER+: what ten people each saw in the faces of FER-2013. */
@NullMarked
package io.emotionstream.datasets.ferplus;

import org.jspecify.annotations.NullMarked;
