// SPDX-License-Identifier: Apache-2.0
/**
 * What is left when processes, brokers and databases are killed under load: the same as without.
 */
@NullMarked
package io.emotionstream.it.faults;

import org.jspecify.annotations.NullMarked;
