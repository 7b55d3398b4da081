// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.emotionstream.operations.Page;
import io.emotionstream.operations.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What can be seen of cameras: {@value #CAMERAS} as JSON, and, where it is allowed, {@code
 * /snapshot/ID}, a coarse mosaic.
 */
public final class CameraPages implements Pages {
  /** The path of the JSON page. */
  public static final String CAMERAS = "/cameras";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SNAPSHOT = "/snapshot/";

  private final Supplier<List<CameraHealth>> cameras;
  private final Function<String, Optional<SnapshotGrid>> snapshots;

  public CameraPages(
      Supplier<List<CameraHealth>> cameras, Function<String, Optional<SnapshotGrid>> snapshots) {
    this.cameras = cameras;
    this.snapshots = snapshots;
  }

  @Override
  public Optional<Page> page(String path) {
    if (path.equals(CAMERAS)) {
      return Optional.of(Page.text("application/json", json()));
    }
    return path.startsWith(SNAPSHOT)
        ? snapshot(path.substring(SNAPSHOT.length()))
        : Optional.empty();
  }

  private String json() {
    try {
      return JSON.writeValueAsString(cameras.get());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Page> snapshot(String camera) {
    return snapshots
        .apply(camera)
        .map(
            grid -> {
              try {
                return Page.of("image/png", grid.toPng());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
