// SPDX-License-Identifier: Apache-2.0
/**
 * What tests of several modules share: a broker, a database, builders, a predictable classifier.
 */
@NullMarked
package io.emotionstream.testkit;

import org.jspecify.annotations.NullMarked;
