-- SPDX-License-Identifier: Apache-2.0
-- For the schema registry of the profile "registry"; run once, by psql.
create database apicurio;
