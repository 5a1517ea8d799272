-- Containers: boxes of a store that hold items, are carried with what they hold, and can be sealed.

create table containers (
  id text primary key check (id ~ '^C[0-9A-Z]{13}$'),
  n bigint not null,
  state jsonb not null,
  store text not null,
  name text not null,
  location text not null,
  capacity integer not null check (capacity > 0),
  sealed boolean not null,
  year integer not null,
  serial integer not null check (serial > 0),
  unique (store, year, serial)
);
create index containers_location on containers (location);
grant select, insert, update on containers to :app_role;

-- Whatever lies in a box lies where the box stands.
alter table items add column container text;
alter table items add constraint items_container_check check (container is null or location is not null);
create index items_container on items (container) where container is not null;
