-- SPDX-License-Identifier: Apache-2.0
-- Windows of several sizes, tumbling and hopping, and what they carry beside their counts. Rows of
-- release 0.1 are kept: their windows were tumbling, and what was not measured is null.
alter table emotion_events add column uncertain boolean;

comment on column emotion_events.uncertain is 'Whether confidence is below the threshold of the model''s calibration; null where the model has none.';

alter table emotion_distributions
  alter column first_face_at drop not null,
  alter column last_face_at drop not null,
  alter column mean_angry drop not null,
  alter column mean_disgust drop not null,
  alter column mean_fear drop not null,
  alter column mean_happy drop not null,
  alter column mean_sad drop not null,
  alter column mean_surprise drop not null,
  alter column mean_neutral drop not null,
  add column window_size_ms bigint,
  add column window_advance_ms bigint,
  add column closed_by text not null default 'unknown',
  add column heartbeats bigint not null default 0,
  add column missed_faces bigint not null default 0,
  add column uncertain_faces bigint,
  add column weighted_angry double precision,
  add column weighted_disgust double precision,
  add column weighted_fear double precision,
  add column weighted_happy double precision,
  add column weighted_sad double precision,
  add column weighted_surprise double precision,
  add column weighted_neutral double precision,
  add column tracks bigint,
  add column tracks_exact boolean,
  add column untracked_faces bigint,
  add column visible_seconds double precision,
  add column track_angry double precision,
  add column track_disgust double precision,
  add column track_fear double precision,
  add column track_happy double precision,
  add column track_sad double precision,
  add column track_surprise double precision,
  add column track_neutral double precision,
  add column time_angry double precision,
  add column time_disgust double precision,
  add column time_fear double precision,
  add column time_happy double precision,
  add column time_sad double precision,
  add column time_surprise double precision,
  add column time_neutral double precision,
  add column corrected_angry double precision,
  add column corrected_angry_low double precision,
  add column corrected_angry_high double precision,
  add column corrected_disgust double precision,
  add column corrected_disgust_low double precision,
  add column corrected_disgust_high double precision,
  add column corrected_fear double precision,
  add column corrected_fear_low double precision,
  add column corrected_fear_high double precision,
  add column corrected_happy double precision,
  add column corrected_happy_low double precision,
  add column corrected_happy_high double precision,
  add column corrected_sad double precision,
  add column corrected_sad_low double precision,
  add column corrected_sad_high double precision,
  add column corrected_surprise double precision,
  add column corrected_surprise_low double precision,
  add column corrected_surprise_high double precision,
  add column corrected_neutral double precision,
  add column corrected_neutral_low double precision,
  add column corrected_neutral_high double precision;

update emotion_distributions
set window_size_ms = (extract(epoch from window_end - window_start) * 1000)::bigint,
  window_advance_ms = (extract(epoch from window_end - window_start) * 1000)::bigint;

-- Windows of one size may start together when they hop at different distances.
alter table emotion_distributions
  alter column window_size_ms set not null,
  alter column window_advance_ms set not null,
  drop constraint emotion_distributions_pkey,
  add primary key (camera_id, window_size_ms, window_advance_ms, window_start),
  add constraint window_is_as_long_as_its_size check (window_end = window_start + window_size_ms * interval '1 millisecond');

comment on column emotion_distributions.window_advance_ms is 'Distance between the starts of windows of this kind: the size where they are tumbling. A face is in size / advance of them: add up totals of one size and advance only.';
comment on column emotion_distributions.closed_by is 'Why the window became final: event_time, camera_ended, idle; unknown in rows of release 0.1.';
comment on column emotion_distributions.heartbeats is 'Signs of life in the window. total = 0: the camera was there and saw nobody; no row: it was not there.';
comment on column emotion_distributions.missed_faces is 'How often a face came too late for a window of this size and advance since the previous row.';
comment on column emotion_distributions.uncertain_faces is 'Faces below their model''s threshold, counted in their classes, too.';
comment on column emotion_distributions.weighted_angry is 'Sum of the top-1 probabilities of the faces of the class.';
comment on column emotion_distributions.tracks is 'Different tracks: counted if tracks_exact, else estimated.';
comment on column emotion_distributions.track_angry is 'Share of the class where every track has the same weight.';
comment on column emotion_distributions.time_angry is 'Share of the class where a track weighs as much as the time it was visible.';
comment on column emotion_distributions.corrected_angry is 'Estimated true share of the class, corrected by the model''s confusion; low and high are its 90 % interval.';

-- Which windows a late face was too late for; it is counted in its other windows.
create table emotion_missed_windows (
  camera_id text not null,
  captured_at timestamptz not null,
  frame_id text not null,
  window_size_ms bigint not null,
  window_advance_ms bigint not null,
  windows integer not null,
  stored_at timestamptz not null default now(),
  primary key (camera_id, captured_at, frame_id, window_size_ms, window_advance_ms)
);

comment on table emotion_missed_windows is 'For each face in emotion_late_events and each size and advance, the windows that were final before it came.';

-- Release 0.1 had windows of one size at a time; where it never changed, it is known.
insert into emotion_missed_windows
  (camera_id, captured_at, frame_id, window_size_ms, window_advance_ms, windows, stored_at)
select late.camera_id, late.captured_at, late.frame_id, sizes.ms, sizes.ms, 1, late.stored_at
from emotion_late_events late
cross join (select min(window_size_ms) as ms from emotion_distributions
  having min(window_size_ms) = max(window_size_ms)) sizes;

comment on table emotion_late_events is 'Faces that came after a window of theirs was final (emotion_missed_windows says which): also in emotion_events.';
comment on table emotion_distributions is 'Faces by top-1 class of one camera in the event-time window [window_start, window_end); final. One row for each size and advance.';
