-- Uploads of released counts: where to, and how far each came.

create table uploads (
  id text primary key,
  n bigint not null,
  state jsonb not null
);

create table uploads_sent (
  id uuid primary key,
  hall text not null,
  year integer not null,
  counted integer not null check (counted > 0),
  body text not null,
  state text not null check (state in ('waiting', 'failed', 'delivered', 'given-up')),
  attempts integer not null check (attempts >= 0),
  made_at timestamptz not null,
  next_at timestamptz,
  tried_at timestamptz,
  words text check (length(words) <= 300),
  check ((next_at is not null) = (state in ('waiting', 'failed')))
);
create index uploads_sent_next on uploads_sent (next_at, id) where next_at is not null;
create index uploads_sent_hall on uploads_sent (hall, year, made_at);

grant select, insert, update on uploads to :app_role;
grant select, insert, update, delete on uploads_sent to :app_role;
