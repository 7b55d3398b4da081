// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

/**
 * Shape of one face's value inside a network; a vector is 1 x 1 pixel.
 *
 * @param height pixels
 * @param width pixels
 * @param channels values of a pixel
 */
record Shape(int height, int width, int channels) {
  static Shape vector(int length) {
    return new Shape(1, 1, length);
  }

  int size() {
    return height * width * channels;
  }
}
