// SPDX-License-Identifier: Apache-2.0
/** The command line: settings, one class for each command, and nothing that a stage does. */
@NullMarked
package io.emotionstream.launcher;

import org.jspecify.annotations.NullMarked;
