// SPDX-License-Identifier: Apache-2.0
/** The HTTP side: routes, checked parameters, streams, the page's files, and who may ask. */
@NullMarked
package io.emotionstream.dashboard.web;

import org.jspecify.annotations.NullMarked;
