-- What people decided about what a threshold proposed: adopted or not, seen by a second one, carried out.

create table rating_actions (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  hall text not null,
  clerk text not null,
  status text not null check (status in ('decided', 'returned', 'adopted', 'declined', 'done')),
  decided_at timestamptz not null
);
create index rating_actions_hall on rating_actions (hall, decided_at);

grant select, insert, update on rating_actions to :app_role;
