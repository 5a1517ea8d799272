-- Stock-takes: what was ordered, the sheets that people handed in, and what nobody could find.

create table stocktakes (
  id text primary key check (id ~ '^D[0-9A-Z]{13}$'),
  n bigint not null,
  state jsonb not null,
  unit text not null,
  store text not null,
  year integer not null,
  serial integer not null check (serial > 0),
  phase text not null check (phase in ('ORDERED', 'COUNTING', 'RECOUNTING', 'EXPLAINING', 'CLOSED', 'CANCELLED')),
  open boolean not null,
  ordered_at timestamptz not null,
  due_at timestamptz not null,
  unique (unit, year, serial)
);
create index stocktakes_store on stocktakes (store, ordered_at);
create index stocktakes_open on stocktakes (store) where open;

create table stocktake_sheets (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  stocktake text not null,
  store text not null,
  round integer not null check (round in (1, 2)),
  location text not null,
  person text not null,
  done boolean not null,
  at timestamptz not null
);
create index stocktake_sheets_stocktake on stocktake_sheets (stocktake, at);

create table item_searches (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  store text not null,
  item text not null,
  stocktake text not null,
  open boolean not null,
  at timestamptz not null
);
create index item_searches_open on item_searches (store, at) where open;

grant select, insert, update on stocktakes, stocktake_sheets, item_searches to :app_role;
