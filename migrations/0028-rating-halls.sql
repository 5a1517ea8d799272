-- What is read of one hall is found by the hall, however many there are.

create index rating_services_hall on rating_services (hall, opened_at);
create index rating_batches_hall on rating_batches (split_part(grp, '/', 1), day);

-- Rankings: what was counted of each clerk in a period, frozen, published by a second person, corrected only by another one.
create table rating_rankings (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  hall text not null,
  status text not null check (status in ('frozen', 'published', 'refused', 'replaced')),
  frozen_at timestamptz not null
);
create index rating_rankings_hall on rating_rankings (hall, frozen_at);

grant select, insert, update on rating_rankings to :app_role;
