// SPDX-License-Identifier: Apache-2.0
/**
 * What the emotion topics say now: read, kept bounded, and made into shared fragments once a
 * second.
 */
@NullMarked
package io.emotionstream.dashboard.live;

import org.jspecify.annotations.NullMarked;
