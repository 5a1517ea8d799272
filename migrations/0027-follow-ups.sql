-- What becomes of a rater's wish for an answer. An answer of the hall's register; contact and words stand in `personal`.

create table rating_follow_ups (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  hall text not null,
  clerk text not null,
  handler text,
  status text not null check (status in ('new', 'assigned', 'called', 'settled', 'appealed', 'fed-back', 'closed')),
  asked_at timestamptz not null
);
create index rating_follow_ups_open on rating_follow_ups (hall, asked_at) where status <> 'closed';

grant select, insert, update on rating_follow_ups to :app_role;
