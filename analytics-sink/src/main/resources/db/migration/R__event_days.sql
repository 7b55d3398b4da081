-- SPDX-License-Identifier: Apache-2.0
-- What happens to the partitions of emotion_events, done as their owner: so that whoever writes rows
-- need not own tables. Flyway runs this again whenever it changes.
create or replace function emotion_make_event_day(made date) returns void
language plpgsql security definer
set search_path = "${flyway:defaultSchema}", pg_temp
as $body$
declare
  part constant text := 'emotion_events_' || to_char(made, 'YYYYMMDD');
begin
  if exists (select from pg_inherits
      where inhparent = 'emotion_events'::regclass and inhrelid = to_regclass(part)) then
    return;
  end if;
  -- Made apart and then attached: unlike "partition of" this stops neither readers nor writers.
  execute format('create table if not exists %I (like emotion_events including defaults)', part);
  execute format('alter table emotion_events attach partition %I for values from (%L) to (%L)',
    part, to_char(made, 'YYYY-MM-DD"T00:00Z"'), to_char(made + 1, 'YYYY-MM-DD"T00:00Z"'));
end
$body$;

create or replace function emotion_drop_event_day(dropped date) returns void
language plpgsql security definer
set search_path = "${flyway:defaultSchema}", pg_temp
as $body$
begin
  execute format('drop table if exists %I', 'emotion_events_' || to_char(dropped, 'YYYYMMDD'));
  delete from emotion_event_days where day = dropped;
end
$body$;

revoke execute on function emotion_make_event_day(date), emotion_drop_event_day(date) from public;

comment on function emotion_make_event_day(date) is 'Makes the partition of emotion_events for a UTC day, unless it is there.';
comment on function emotion_drop_event_day(date) is 'Drops the partition of emotion_events for a UTC day, with its rows.';
