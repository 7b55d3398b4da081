// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a picture into overlapping parts, for a network that sees everything in one small size would
 * miss small faces of a large picture.
 */
final class Tiles {
  /** Part of a tile that its neighbour sees too: a face of this size is whole in one of them. */
  private static final double OVERLAP = 0.2;

  /** Tiles side by side at most: bounds the time a picture may take. */
  private static final int MAX_A_SIDE = 3;

  private Tiles() {}

  /**
   * A part of a picture, in pixels.
   *
   * @param width positive
   * @param height positive
   */
  record Tile(int x, int y, int width, int height) {}

  /**
   * Returns the whole picture and, where that is longer than {@code side}, tiles of about this side
   * or, where it would take too many, larger ones.
   */
  static List<Tile> of(int width, int height, double side) {
    List<Tile> tiles = new ArrayList<>();
    tiles.add(new Tile(0, 0, width, height));
    int columns = count(width, side);
    int rows = count(height, side);
    if (columns * rows == 1) {
      return tiles;
    }
    int tileWidth = length(width, columns);
    int tileHeight = length(height, rows);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int x = start(width - tileWidth, column, columns);
        int y = start(height - tileHeight, row, rows);
        tiles.add(new Tile(x, y, tileWidth, tileHeight));
      }
    }
    return tiles;
  }

  private static int count(int length, double side) {
    int count = 1;
    while (count < MAX_A_SIDE && length(length, count) > side) {
      count++;
    }
    return count;
  }

  private static int length(int length, int count) {
    return (int) Math.ceil(length / (count - OVERLAP * (count - 1)));
  }

  private static int start(int room, int index, int count) {
    return count == 1 ? 0 : Math.round((float) room * index / (count - 1));
  }
}
