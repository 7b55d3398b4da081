-- SPDX-License-Identifier: Apache-2.0
-- For whoever asks for the windows of one size over time without naming cameras, newest first: the
-- primary key begins with the camera.
create index emotion_distributions_by_time
  on emotion_distributions (window_size_ms, window_start, camera_id, window_advance_ms);
