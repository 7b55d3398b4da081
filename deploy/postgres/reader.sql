-- SPDX-License-Identifier: Apache-2.0
-- A role that reads what the role emotion writes, for dashboards; run once, by psql.
\getenv password POSTGRES_PASSWORD
create role emotion_reader login password :'password';
alter role emotion_reader set default_transaction_read_only = on;
alter role emotion_reader set statement_timeout = '30s';
grant usage on schema public to emotion_reader;
alter default privileges for role emotion in schema public grant select on tables to emotion_reader;
grant select on all tables in schema public to emotion_reader;
