// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

/** A decoded record with its origin. */
record Row<T>(Source source, T value) {}
