-- What dashboards read: counts by day, instead of every service and every batch anew.

-- Of a batch, how many of its ballots have a level that can be read, and how many of these are satisfied.
alter table rating_batches add column rated integer not null generated always as (
  (counts -> 'overall' ->> '1')::int + (counts -> 'overall' ->> '2')::int + (counts -> 'overall' ->> '3')::int
  + (counts -> 'overall' ->> '4')::int + (counts -> 'overall' ->> '5')::int) stored;
alter table rating_batches add column satisfied integer not null generated always as (
  (counts -> 'overall' ->> '3')::int + (counts -> 'overall' ->> '4')::int + (counts -> 'overall' ->> '5')::int) stored;
create index rating_batches_day on rating_batches (split_part(grp, '/', 1), day) include (rated, satisfied);

-- Services by day and group, of days on which nothing can change any more but by a ballot that was long on its way.
create table rating_service_days (
  hall text not null,
  day date not null,
  clerk text not null,
  -- '' for services that were offered no vote.
  grp text not null,
  services integer not null,
  asked integer not null,
  rated integer not null,
  hurried integer not null,
  primary key (hall, day, clerk, grp)
);

-- Up to which day that is written of a hall.
create table rating_service_days_until (
  hall text primary key,
  day date not null
);

grant select, insert, update on rating_service_days, rating_service_days_until to :app_role;
