// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import org.jspecify.annotations.NullMarked;

/**
 * One colour for each class, the same in every chart and on every page.
 *
 * <p>Six colours that people with any common colour blindness tell apart: Okabe and Ito, "Color
 * Universal Design" (2008). Their yellow is left out, for it is hard to see on white. {@link
 * Emotion#NEUTRAL} is a gray that stands off the ground, dark on light and light on dark: a middle
 * gray looks like bluish green to who lacks green cones. On white, orange and sky blue have less
 * contrast than 3:1, so that a chart says its figures in words as well.
 */
@NullMarked
public final class EmotionColors {
  private EmotionColors() {}

  /** Returns the colour on a light ground, as {@code #RRGGBB}. */
  public static String hexOf(Emotion emotion) {
    return switch (emotion) {
      case ANGRY -> "#D55E00"; // vermilion
      case DISGUST -> "#009E73"; // bluish green
      case FEAR -> "#CC79A7"; // reddish purple
      case HAPPY -> "#E69F00"; // orange
      case SAD -> "#0072B2"; // blue
      case SURPRISE -> "#56B4E9"; // sky blue
      case NEUTRAL -> "#4D4D4D"; // dark gray
    };
  }

  /** Returns the colour on a dark ground, as {@code #RRGGBB}: the same but for the gray. */
  public static String darkHexOf(Emotion emotion) {
    return emotion == Emotion.NEUTRAL ? "#C8C8C8" : hexOf(emotion);
  }
}
