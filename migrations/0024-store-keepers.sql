-- Who answers for a store in person, one after another.

create table store_keepings (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  keeper text not null
);

-- No two at one instant, whoever writes. Checked at commit: a post passes on by closing one row and opening the next.
create table store_keepers (
  store text not null,
  ordinal integer not null check (ordinal > 0),
  person text not null,
  from_at timestamptz not null,
  to_at timestamptz check (to_at >= from_at),
  primary key (store, ordinal),
  exclude using gist (store with =, tstzrange(from_at, to_at) with &&) deferrable initially deferred
);
create index store_keepers_person on store_keepers (person, from_at);

grant select, insert, update on store_keepings, store_keepers to :app_role;

-- What a store held at a moment gone by is read by item.
create index holdings_then on holdings (who, item);
