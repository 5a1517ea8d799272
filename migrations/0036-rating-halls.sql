-- When halls are open, and the photos of clerks that their screens show as long as those agree.

create table rating_hours (
  id text primary key,
  n bigint not null,
  state jsonb not null
);

create table rating_portraits (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  hall text not null,
  photo text
);
create index rating_portraits_hall on rating_portraits (hall);
create index rating_portraits_photo on rating_portraits (photo) where photo is not null;

grant select, insert, update on rating_hours, rating_portraits to :app_role;

-- Services outside the hours; of days that were summed before there were hours, none.
alter table rating_service_days add column outside integer not null default 0;
