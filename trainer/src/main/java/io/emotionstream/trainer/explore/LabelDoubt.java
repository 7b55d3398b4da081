// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.schemas.Emotion;

/**
 * A reason to think that a face has the wrong label.
 *
 * @param face position in the list of faces
 * @param suggested the label it should have
 * @param confidence of the model that suggests it, in [0, 1]; or the share of the votes
 */
record LabelDoubt(int face, Emotion suggested, double confidence) {}
