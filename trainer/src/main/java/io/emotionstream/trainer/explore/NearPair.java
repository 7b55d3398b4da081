// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

/**
 * Two different pictures that look alike.
 *
 * @param first position of one in the list of faces
 * @param second position of the other, greater
 * @param correlation Pearson's, of their pixels; below 1
 */
record NearPair(int first, int second, double correlation) {}
