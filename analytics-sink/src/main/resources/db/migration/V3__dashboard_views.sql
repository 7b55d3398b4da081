-- SPDX-License-Identifier: Apache-2.0
-- Views for other people's dashboards (deploy/grafana): their columns stay when the tables change.

-- One row for each window.
create view dashboard_windows as
select
  camera_id,
  window_start,
  window_end,
  window_size_ms,
  window_advance_ms,
  window_size_ms = window_advance_ms as tumbling,
  closed_by,
  total,
  uncertain_faces,
  tracks,
  missed_faces,
  heartbeats,
  array_to_string(model_ids, ', ') as models
from emotion_distributions;

comment on view dashboard_windows is 'Final windows. Add up totals of tumbling windows of one size only: a face is in one window of each size.';
comment on column dashboard_windows.uncertain_faces is 'Faces below their model''s threshold; null where the model has none.';

-- One row for each window and class, classes in label order.
create view dashboard_shares as
select
  w.camera_id,
  w.window_start,
  w.window_end,
  w.window_size_ms,
  w.window_advance_ms,
  w.window_size_ms = w.window_advance_ms as tumbling,
  w.total,
  c.label,
  c.emotion,
  c.faces,
  c.faces::double precision / nullif(w.total, 0) as share,
  c.weighted_faces,
  c.track_share,
  c.corrected_share,
  c.corrected_low,
  c.corrected_high
from emotion_distributions w
cross join lateral (values
  (0, 'angry', w.angry, w.weighted_angry, w.track_angry, w.corrected_angry, w.corrected_angry_low, w.corrected_angry_high),
  (1, 'disgust', w.disgust, w.weighted_disgust, w.track_disgust, w.corrected_disgust, w.corrected_disgust_low, w.corrected_disgust_high),
  (2, 'fear', w.fear, w.weighted_fear, w.track_fear, w.corrected_fear, w.corrected_fear_low, w.corrected_fear_high),
  (3, 'happy', w.happy, w.weighted_happy, w.track_happy, w.corrected_happy, w.corrected_happy_low, w.corrected_happy_high),
  (4, 'sad', w.sad, w.weighted_sad, w.track_sad, w.corrected_sad, w.corrected_sad_low, w.corrected_sad_high),
  (5, 'surprise', w.surprise, w.weighted_surprise, w.track_surprise, w.corrected_surprise, w.corrected_surprise_low, w.corrected_surprise_high),
  (6, 'neutral', w.neutral, w.weighted_neutral, w.track_neutral, w.corrected_neutral, w.corrected_neutral_low, w.corrected_neutral_high)
) as c (label, emotion, faces, weighted_faces, track_share, corrected_share, corrected_low, corrected_high);

comment on view dashboard_shares is 'Apparent expressions of final windows, a row for each class. Add up faces of tumbling windows of one size only.';
comment on column dashboard_shares.share is 'Share of the faces in the window; null in a window without faces.';
comment on column dashboard_shares.corrected_share is 'Estimated true share, corrected by the model''s confusion; low and high are its 90 % interval.';

-- One row for each camera and kind of window, found by steps through the key: as many reads as rows.
create view dashboard_cameras as
with recursive kinds as (
  (select camera_id, window_size_ms, window_advance_ms
  from emotion_distributions
  order by camera_id, window_size_ms, window_advance_ms
  limit 1)
  union all
  select following.camera_id, following.window_size_ms, following.window_advance_ms
  from kinds
  cross join lateral (
    select w.camera_id, w.window_size_ms, w.window_advance_ms
    from emotion_distributions w
    where (w.camera_id, w.window_size_ms, w.window_advance_ms)
      > (kinds.camera_id, kinds.window_size_ms, kinds.window_advance_ms)
    order by w.camera_id, w.window_size_ms, w.window_advance_ms
    limit 1
  ) following
)
select
  kinds.camera_id,
  kinds.window_size_ms,
  kinds.window_advance_ms,
  kinds.window_size_ms = kinds.window_advance_ms as tumbling,
  latest.window_end as last_window_end,
  latest.closed_by as last_closed_by,
  latest.total as last_total
from kinds
cross join lateral (
  select w.window_end, w.closed_by, w.total
  from emotion_distributions w
  where w.camera_id = kinds.camera_id
    and w.window_size_ms = kinds.window_size_ms
    and w.window_advance_ms = kinds.window_advance_ms
  order by w.window_start desc
  limit 1
) latest;

comment on view dashboard_cameras is 'Cameras and their kinds of windows, with the latest window of each.';

-- One row for each classified face, as long as events are kept.
create view dashboard_events as
select
  camera_id,
  captured_at,
  emotion,
  confidence,
  uncertain,
  model_id,
  extract(epoch from classified_at - captured_at) as latency_seconds
from emotion_events;

comment on view dashboard_events is 'Apparent expressions of single faces, and the time from capture to classification.';
