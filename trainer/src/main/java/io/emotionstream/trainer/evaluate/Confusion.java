// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.evaluate;

import io.emotionstream.schemas.Emotion;

/**
 * One way of being wrong.
 *
 * @param truth the label
 * @param prediction what it was taken for, another class
 * @param count faces
 * @param share of the faces of {@code truth}
 */
public record Confusion(Emotion truth, Emotion prediction, long count, double share) {}
