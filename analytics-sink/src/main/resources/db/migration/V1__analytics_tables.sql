-- SPDX-License-Identifier: Apache-2.0
-- Class columns stand in label order (schemas: Emotion); MigrationTest holds them to it.
-- Apparent expression of one face crop; one row for each classified frame.
create table emotion_events (
  camera_id text not null,
  captured_at timestamptz not null,
  frame_id text not null,
  classified_at timestamptz not null,
  model_id text not null,
  emotion text not null,
  confidence real not null,
  angry real not null,
  disgust real not null,
  fear real not null,
  happy real not null,
  sad real not null,
  surprise real not null,
  neutral real not null,
  track_id text,
  label text,
  -- A partitioned table's key must hold the partition column; led by the camera it serves reports too.
  primary key (camera_id, captured_at, frame_id)
) partition by range (captured_at);

create index emotion_events_captured_at on emotion_events using brin (captured_at);

comment on table emotion_events is 'Apparent expression of one face crop. One partition for each UTC day of capture, created on demand, dropped by retention.';
comment on column emotion_events.emotion is 'Top-1 class in lower case; confidence is its probability in [0, 1].';
comment on column emotion_events.label is 'The truth in lower case, where the source knew it.';

-- What retention knows of each partition of emotion_events.
create table emotion_event_days (
  day date primary key,
  last_written_at timestamptz not null
);

comment on table emotion_event_days is 'UTC days that have a partition of emotion_events, and when the sink last wrote into them, to the hour.';

-- Faces that came after their window was final: in emotion_events, but in no distribution.
create table emotion_late_events (
  camera_id text not null,
  captured_at timestamptz not null,
  frame_id text not null,
  emotion text not null,
  model_id text not null,
  stored_at timestamptz not null default now(),
  primary key (camera_id, captured_at, frame_id)
);

comment on table emotion_late_events is 'Faces that came after their window was final: also in emotion_events, counted in no distribution.';

-- Final class distribution of one camera in [window_start, window_end).
create table emotion_distributions (
  camera_id text not null,
  window_start timestamptz not null,
  window_end timestamptz not null,
  angry bigint not null,
  disgust bigint not null,
  fear bigint not null,
  happy bigint not null,
  sad bigint not null,
  surprise bigint not null,
  neutral bigint not null,
  total bigint not null,
  mean_angry double precision not null,
  mean_disgust double precision not null,
  mean_fear double precision not null,
  mean_happy double precision not null,
  mean_sad double precision not null,
  mean_surprise double precision not null,
  mean_neutral double precision not null,
  first_face_at timestamptz not null,
  last_face_at timestamptz not null,
  model_ids text[] not null,
  -- The end is part of the key, so that windows of two sizes may start together.
  primary key (camera_id, window_start, window_end),
  constraint window_has_length check (window_start < window_end),
  constraint counts_sum_to_total check (total = angry + disgust + fear + happy + sad + surprise + neutral)
);

create index emotion_distributions_window_start on emotion_distributions using brin (window_start);

comment on table emotion_distributions is 'Faces by top-1 class of one camera in the event-time window [window_start, window_end); final.';
comment on column emotion_distributions.mean_angry is 'Mean probability of the class over the window''s faces.';

-- How far the tables above go in each topic partition. Keyed by topic id, not by name: a topic that
-- was deleted and made again, or one of the same name on another cluster, starts from its beginning.
create table sink_offsets (
  topic_id uuid not null,
  partition integer not null,
  topic text not null,
  next_offset bigint not null,
  updated_at timestamptz not null default now(),
  primary key (topic_id, partition)
);

comment on table sink_offsets is 'The offset that the sink reads next; moves in the same transaction as the rows.';

-- Records that could not become a row, with why.
create table rejected_records (
  topic_id uuid not null,
  partition integer not null,
  record_offset bigint not null,
  topic text not null,
  error text not null,
  record_key bytea,
  record_value bytea,
  rejected_at timestamptz not null default now(),
  primary key (topic_id, partition, record_offset)
);

comment on table rejected_records is 'Records that could not become a row: where they are in Kafka, why, and their bytes.';
