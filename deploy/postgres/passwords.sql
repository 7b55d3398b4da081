-- SPDX-License-Identifier: Apache-2.0
-- Passwords for the roles that db/roles.sql of analytics-sink has made; run once, by psql. They share one
-- here, for docker-compose.yml is told one: give each its own where others can reach the database.
\getenv password POSTGRES_PASSWORD
alter role emotion_owner password :'password';
alter role emotion_sink password :'password';
alter role emotion_dashboard password :'password';
alter role emotion_grafana password :'password';
