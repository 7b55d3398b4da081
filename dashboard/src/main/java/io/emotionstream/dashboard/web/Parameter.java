// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

/**
 * A query parameter that a route takes.
 *
 * @param name as it stands in the URL
 * @param maxValues how often it may be given
 */
record Parameter(String name, int maxValues) {
  static Parameter one(String name) {
    return new Parameter(name, 1);
  }

  static Parameter many(String name, int maxValues) {
    return new Parameter(name, maxValues);
  }
}
