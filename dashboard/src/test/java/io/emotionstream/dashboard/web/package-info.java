// SPDX-License-Identifier: Apache-2.0
/** Tests of what a request may say, and of who may ask. */
@NullMarked
package io.emotionstream.dashboard.web;

import org.jspecify.annotations.NullMarked;
