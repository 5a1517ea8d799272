-- Each opening of a lock by two, and what its board said.

create table lock_openings (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  store text not null,
  board text not null,
  open boolean not null,
  at timestamptz not null
);
create index lock_openings_open on lock_openings (board) where open;
create index lock_openings_store on lock_openings (store, id);

grant select, insert, update on lock_openings to :app_role;
