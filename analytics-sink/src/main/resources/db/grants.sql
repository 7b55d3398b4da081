-- SPDX-License-Identifier: Apache-2.0
-- Who of roles.sql may do what; run by ./emotion database migrate, as the tables' owner, after each
-- change of them. Nobody but the sink may read rejected_records: they may hold pixels of people.
grant select, insert, update on emotion_events, emotion_distributions, sink_offsets to emotion_sink;
grant select, insert, update, delete
  on emotion_event_days, emotion_late_events, emotion_missed_windows, rejected_records to emotion_sink;
grant select on emotion_sink_schema_history to emotion_sink;
grant execute on function emotion_make_event_day(date), emotion_drop_event_day(date) to emotion_sink;

grant select on emotion_events, emotion_late_events, emotion_missed_windows, emotion_distributions
  to emotion_dashboard;

-- Whatever views there are: each is made for readers, and shows what it shows as its owner.
do $body$
declare
  found record;
begin
  for found in select viewname from pg_views where schemaname = current_schema loop
    execute format('grant select on %I to emotion_grafana, emotion_dashboard', found.viewname);
  end loop;
end
$body$;
