// SPDX-License-Identifier: Apache-2.0
/** The stages against a broker and a database that let in only whom they know. */
@NullMarked
package io.emotionstream.it.security;

import org.jspecify.annotations.NullMarked;
