// SPDX-License-Identifier: Apache-2.0
/**
 * The records on the topics, the one serde for all of them, and the topic contract.
 *
 * <p>The records are generated without nullness annotations, so the package is not null-marked as a
 * whole: each class written by hand is.
 */
package io.emotionstream.schemas;
