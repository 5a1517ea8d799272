-- Ratings on paper: what a box held, typed in by two people apart. No sheet is of a service.

create table rating_boxes (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  hall text not null,
  grp text not null,
  sheets integer not null check (sheets >= 10),
  sealed boolean not null,
  opened_at timestamptz not null
);
create index rating_boxes_hall on rating_boxes (hall, opened_at);

-- What was typed in, until both agree or a third has looked; gone in the transaction that seals it. No register holds it.
create table rating_box_entries (
  box text not null references rating_boxes,
  round smallint not null check (round between 1 and 3),
  sheets jsonb not null,
  primary key (box, round)
);

-- A sheet of a box that was sealed is a vote like any other: offered and used at once.
create or replace function rating_votes(at timestamptz)
returns table (grp text, issued bigint, used bigint, expired bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.grp, count(*), count(u.service), count(*) filter (where u.service is null and s.expires_at <= at)
  from rating_services s left join rating_used u on u.service = s.id
  where s.grp is not null group by s.grp
  union all
  select b.grp, sum(b.sheets)::bigint, sum(b.sheets)::bigint, 0::bigint from rating_boxes b where b.sealed group by b.grp
$$;

grant select, insert, update on rating_boxes to :app_role;
grant select, insert, delete on rating_box_entries to :app_role;
