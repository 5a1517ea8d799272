-- What a store's door saw and no paper accounts for.

create table alarms (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  store text not null,
  item text not null,
  open boolean not null,
  at timestamptz not null
);
create index alarms_open on alarms (store, at) where open;
create unique index alarms_one_open on alarms (item) where open;

grant select, insert, update on alarms to :app_role;
