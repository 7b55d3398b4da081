// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.trainer.chart.Figure;

/**
 * A figure of the report.
 *
 * @param name name of its file without ending, such as {@code mean-faces}
 * @param caption what it shows, in words
 */
record ReportFigure(String name, String caption, Figure figure) {

  String fileName() {
    return name + ".png";
  }
}
