// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.sink;

import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.MissedWindows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** {@code emotion_missed_windows}: which windows of each kind a late face was too late for. */
final class MissedWindowsTable implements RowTable<MissedWindowsTable.Missed> {

  /** A late face and the windows of one kind that it missed. */
  record Missed(EmotionEvent face, MissedWindows windows) {}

  private record Key(Object face, long size, long advance) {}

  /** Returns a row for each kind of windows that each late face missed. */
  static List<Row<Missed>> rows(List<Row<EmotionEvent>> late) {
    List<Row<Missed>> rows = new ArrayList<>();
    for (Row<EmotionEvent> face : late) {
      List<MissedWindows> missed = face.value().getMissedWindows();
      if (missed != null) { // records of release 0.1 do not say
        missed.forEach(
            windows -> rows.add(new Row<>(face.source(), new Missed(face.value(), windows))));
      }
    }
    return rows;
  }

  @Override
  public String name() {
    return "emotion_missed_windows";
  }

  @Override
  public List<String> keyColumns() {
    return List.of("camera_id", "captured_at", "frame_id", "window_size_ms", "window_advance_ms");
  }

  @Override
  public List<String> otherColumns() {
    return List.of("windows");
  }

  @Override
  public Object key(Missed missed) {
    return new Key(
        EventTable.Key.of(missed.face),
        missed.windows.getWindowSizeMillis(),
        missed.windows.getWindowAdvanceMillis());
  }

  @Override
  public void check(Missed missed) {
    CaptureTimes.check("capturedAt", missed.face.getCapturedAt());
  }

  @Override
  public void bind(Parameters parameters, Missed missed) throws SQLException {
    parameters
        .text(missed.face.getCameraId())
        .time(missed.face.getCapturedAt())
        .text(missed.face.getFrameId())
        .integer(missed.windows.getWindowSizeMillis())
        .integer(missed.windows.getWindowAdvanceMillis())
        .integer(missed.windows.getWindows());
  }
}
