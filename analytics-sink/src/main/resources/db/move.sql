-- SPDX-License-Identifier: Apache-2.0
-- Moves what a sink made as its owner, in the schema public, to the schema and the owner of roles.sql; as
-- a superuser, once, after roles.sql and while no sink runs. "reassign owned" would not do: it refuses
-- where the owner is the user that made the database server, as in docker-compose.yml.
--
-- Then ./emotion database migrate --jdbc-user=emotion_owner, which makes the functions anew, for the new
-- schema, and grants the roles what they need.
do $body$
declare
  relation record;
begin
  for relation in
    select oid::regclass as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
        and (relname like 'emotion\_%' or relname like 'dashboard\_%'
          or relname in ('sink_offsets', 'rejected_records'))
  loop
    execute format('alter table %s owner to emotion_owner', relation.name); -- of a view, too
    execute format('alter table %s set schema emotion', relation.name);
  end loop;
end
$body$;

drop function if exists public.emotion_make_event_day(date), public.emotion_drop_event_day(date);
