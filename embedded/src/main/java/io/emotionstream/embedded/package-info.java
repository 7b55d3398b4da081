// SPDX-License-Identifier: Apache-2.0
/** A Kafka broker and a PostgreSQL server that live and end with this process. */
@NullMarked
package io.emotionstream.embedded;

import org.jspecify.annotations.NullMarked;
