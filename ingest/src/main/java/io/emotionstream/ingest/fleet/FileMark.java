// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * What tells that a file was written again.
 *
 * @param modified last modification; the epoch where there is no file
 * @param size bytes; -1 where there is no file
 */
record FileMark(FileTime modified, long size) {
  static FileMark of(Path file) {
    try {
      return new FileMark(Files.getLastModifiedTime(file), Files.size(file));
    } catch (IOException e) {
      return new FileMark(FileTime.fromMillis(0), -1);
    }
  }
}
