// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import org.jspecify.annotations.NullMarked;

/**
 * One colour for each class, the same in every chart and on every page.
 *
 * <p>Six colours that people with any common colour blindness tell apart, and gray for {@link
 * Emotion#NEUTRAL}: Okabe and Ito, "Color Universal Design" (2008). Their yellow is left out, for
 * it is hard to see on white.
 */
@NullMarked
public final class EmotionColors {
  private EmotionColors() {}

  /** Returns the colour as {@code #RRGGBB}. */
  public static String hexOf(Emotion emotion) {
    return switch (emotion) {
      case ANGRY -> "#D55E00"; // vermilion
      case DISGUST -> "#009E73"; // bluish green
      case FEAR -> "#CC79A7"; // reddish purple
      case HAPPY -> "#E69F00"; // orange
      case SAD -> "#0072B2"; // blue
      case SURPRISE -> "#56B4E9"; // sky blue
      case NEUTRAL -> "#7F7F7F"; // gray
    };
  }
}
