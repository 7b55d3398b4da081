// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.ingest.detect.Tiles.Tile;
import java.util.List;
import org.junit.jupiter.api.Test;

class TilesTest {
  @Test
  void leavesASmallPictureWhole() {
    assertThat(Tiles.of(640, 480, 658)).containsExactly(new Tile(0, 0, 640, 480));
  }

  @Test
  void coversALargePictureWithOverlap() {
    List<Tile> tiles = Tiles.of(1280, 960, 658);

    assertThat(tiles).first().isEqualTo(new Tile(0, 0, 1280, 960));
    assertThat(tiles).hasSizeGreaterThan(4);
    assertCovered(tiles.subList(1, tiles.size()), 1280, 960);
  }

  @Test
  void boundsTheNumberForEverySize() {
    for (int width : new int[] {1, 100, 1920, 7680, 65_535}) {
      for (int height : new int[] {1, 1080, 4320, 65_535}) {
        List<Tile> tiles = Tiles.of(width, height, 64);

        assertThat(tiles).hasSizeLessThanOrEqualTo(10);
        assertCovered(tiles, width, height);
      }
    }
  }

  private static void assertCovered(List<Tile> tiles, int width, int height) {
    assertThat(tiles)
        .allSatisfy(
            tile -> {
              assertThat(tile.x()).isNotNegative();
              assertThat(tile.y()).isNotNegative();
              assertThat(tile.width()).isPositive();
              assertThat(tile.height()).isPositive();
              assertThat(tile.x() + tile.width()).isLessThanOrEqualTo(width);
              assertThat(tile.y() + tile.height()).isLessThanOrEqualTo(height);
            });
    for (int x : new int[] {0, width / 3, width / 2, width - 1}) {
      for (int y : new int[] {0, height / 3, height / 2, height - 1}) {
        assertThat(tiles).anyMatch(tile -> contains(tile, x, y));
      }
    }
  }

  private static boolean contains(Tile tile, int x, int y) {
    return x >= tile.x()
        && x < tile.x() + tile.width()
        && y >= tile.y()
        && y < tile.y() + tile.height();
  }
}
