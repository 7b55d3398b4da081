-- SPDX-License-Identifier: Apache-2.0
-- The roles of an installation, in the database that this is run in; as a superuser, once or again:
--
--   psql --dbname=emotion --file=roles.sql
--
-- Then give each a password (\password emotion_sink), and make and share out the tables as their
-- owner: ./emotion database migrate --jdbc-user=emotion_owner
--
--   emotion_owner      owns the tables and changes them; nothing runs as this one
--   emotion_sink       writes rows, and reads how far it is
--   emotion_dashboard  reads results
--   emotion_grafana    reads the views made for Grafana
do $body$
declare
  who text;
begin
  foreach who in array array['emotion_owner', 'emotion_sink', 'emotion_dashboard', 'emotion_grafana']
  loop
    if not exists (select from pg_roles where rolname = who) then
      execute format('create role %I login', who);
    end if;
    execute format('grant connect on database %I to %I', current_database(), who);
    execute format('alter role %I in database %I set search_path = emotion', who, current_database());
  end loop;
  execute format('revoke connect, temporary on database %I from public', current_database());
end
$body$;

create schema if not exists emotion authorization emotion_owner;
grant usage on schema emotion to emotion_sink, emotion_dashboard, emotion_grafana;

-- They would refuse to write anyway; a query that never ends must not hold up retention.
alter role emotion_dashboard set default_transaction_read_only = on;
alter role emotion_dashboard set statement_timeout = '60s';
alter role emotion_grafana set default_transaction_read_only = on;
alter role emotion_grafana set statement_timeout = '60s';
