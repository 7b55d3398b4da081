// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.augment;

/**
 * How far faces are varied in training.
 *
 * @param flip whether half of the faces are mirrored
 * @param rotation greatest rotation either way, in degrees
 * @param zoom greatest relative change of size either way, such as 0.1 for 10 %
 * @param shift greatest shift either way along each axis, in pixels
 * @param contrast greatest relative change of contrast around the mean either way
 * @param brightness greatest change of brightness either way, where white is 1
 * @param eraseChance chance that a rectangle of 2 to 20 % of the face is overwritten with noise
 * @param mixup parameter of the beta distribution that mixes pairs of faces and their targets
 *     (Zhang et al. 2018), in [0, 1]; 0 mixes none
 */
public record Augmentation(
    boolean flip,
    double rotation,
    double zoom,
    double shift,
    double contrast,
    double brightness,
    double eraseChance,
    double mixup) {
  /** Leaves faces as they are. */
  public static final Augmentation NONE = new Augmentation(false, 0, 0, 0, 0, 0, 0, 0);

  /** What networks are trained with unless told otherwise. */
  public static final Augmentation STANDARD = new Augmentation(true, 10, 0.1, 3, 0.2, 0.1, 0.2, 0);

  /** About half as much again, for long runs that would learn the faces by heart. */
  public static final Augmentation STRONG = new Augmentation(true, 15, 0.15, 4, 0.3, 0.15, 0.4, 0);

  public Augmentation {
    require(rotation >= 0 && rotation <= 180, "rotation", rotation);
    require(zoom >= 0 && zoom < 1, "zoom", zoom);
    require(shift >= 0 && shift < 48, "shift", shift);
    require(contrast >= 0 && contrast < 1, "contrast", contrast);
    require(brightness >= 0 && brightness < 1, "brightness", brightness);
    require(eraseChance >= 0 && eraseChance <= 1, "erase chance", eraseChance);
    require(mixup >= 0 && mixup <= 1, "mixup", mixup);
  }

  /** Returns these settings with another mixup. */
  public Augmentation withMixup(double parameter) {
    return new Augmentation(
        flip, rotation, zoom, shift, contrast, brightness, eraseChance, parameter);
  }

  private static void require(boolean holds, String name, double value) {
    if (!holds) {
      throw new IllegalArgumentException("augmentation: " + name + " is out of range: " + value);
    }
  }
}
