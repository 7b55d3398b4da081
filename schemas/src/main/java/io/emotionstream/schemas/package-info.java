// SPDX-License-Identifier: Apache-2.0
/** The records on the topics, the one serde for all of them, and the topic contract. */
@NullMarked
package io.emotionstream.schemas;

import org.jspecify.annotations.NullMarked;
