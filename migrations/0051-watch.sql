-- The rules by which a hall's clerks are watched, each from a day on; and who really sat at a counter, where a sign-on was wrong.

create table rating_watch (
  id text primary key,
  n bigint not null,
  state jsonb not null
);

-- Who was recorded and who it was, over a span. No vote moves: it was cast under who was signed on then.
create table rating_sign_on_corrections (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  hall text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  check (from_at < until_at)
);
create index rating_sign_on_corrections_hall on rating_sign_on_corrections (hall, from_at);

grant select, insert, update on rating_watch, rating_sign_on_corrections to :app_role;
