// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import io.emotionstream.datasets.fer2013.Usage;

/**
 * A face and where it was found.
 *
 * @param place where it is, such as {@code line 5} or {@code train/angry/1.png}
 * @param usage its split
 * @param face label and pixels, resized to the network's input
 * @param width of the picture before it was resized, in pixels
 * @param height of the picture before it was resized, in pixels
 */
public record FoundFace(String place, Usage usage, LabeledFace face, int width, int height) {}
