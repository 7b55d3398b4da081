// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Says of a camera of this machine that cannot be opened why, and what helps. */
final class Devices {
  private static final String LINUX = "v4l2";

  private Devices() {}

  /**
   * Checks what can be known of a device before it is opened.
   *
   * @throws StreamException if it cannot be opened at all
   */
  static void check(StreamRequest request) throws StreamException {
    if (!request.format().equals(Optional.of(LINUX))) {
      return;
    }
    Path device = Path.of(request.address());
    if (!Files.exists(device)) {
      throw new StreamException(
          "there is no device %s; this machine has %s".formatted(device, present(Path.of("/dev"))));
    }
    if (!Files.isReadable(device) || !Files.isWritable(device)) {
      throw new StreamException(
          "the user that runs this may not use %s: add it to the group video".formatted(device));
    }
  }

  /** Returns what to look at where FFmpeg refuses a device. */
  static String hint(StreamRequest request) {
    return request.format().isPresent()
        ? "; is it a camera, and does no other program use it? A camera may have several devices,"
            + " only the first of which gives pictures"
        : "";
  }

  /** Returns the names of the video devices in a directory, in words. */
  static String present(Path directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(directory, "video*")) {
      devices.forEach(path -> names.add(path.toString()));
    } catch (IOException e) {
      return "no directory " + directory + " that can be read";
    }
    Collections.sort(names);
    return names.isEmpty()
        ? "none: plug one in, and give it to the container, as with docker run --device"
        : String.join(", ", names);
  }
}
