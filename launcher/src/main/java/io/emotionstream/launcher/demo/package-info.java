// SPDX-License-Identifier: Apache-2.0
/** The all-in-one mode: every stage in one process on an embedded broker and database. */
@NullMarked
package io.emotionstream.launcher.demo;

import org.jspecify.annotations.NullMarked;
