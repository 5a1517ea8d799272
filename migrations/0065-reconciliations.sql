-- What became of each statement of a special account that was laid beside the books.
create table reconciliations (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  unit text not null,
  account text not null,
  at timestamptz not null,
  open integer not null check (open >= 0)
);
create index reconciliations_unit on reconciliations (unit, account, at desc);

grant select, insert, update on reconciliations to :app_role;
