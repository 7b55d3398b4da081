// SPDX-License-Identifier: Apache-2.0
/** Copies the results to topics of JSON, for consumers without Avro. */
@NullMarked
package io.emotionstream.json;

import org.jspecify.annotations.NullMarked;
