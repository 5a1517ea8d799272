-- Stations: the registry (an answer of the register `org`), what each station is in the middle of, its screens, what its devices saw and
-- how they are, and label jobs that a printer was given.

create table stations (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{0,31}$'),
  n bigint not null,
  state jsonb not null,
  name text not null,
  kind text not null check (kind in ('bench', 'door', 'aisle', 'desk', 'counter', 'wall')),
  place text not null
);

-- No secret and no register content: what a bench is in the middle of, so that a restart or another screen goes on with it.
create table station_sessions (
  station text primary key references stations,
  version bigint not null check (version > 0),
  session jsonb not null,
  changed_at timestamptz not null
);

-- Every reading and input that was handled, written in the transaction that handled it: none is handled twice.
create table station_readings (
  station text not null references stations,
  reading text not null check (length(reading) between 1 and 200),
  device text not null,
  at timestamptz not null,
  handled_at timestamptz not null default clock_timestamp(),
  kind text not null check (kind in ('scan', 'badge', 'weight', 'fault', 'input')),
  -- The exact bytes behind a weight; null for everything else.
  raw bytea,
  -- What a screen sent under this key; the same key with something else is refused. Never made of a PIN.
  fingerprint bytea check (octet_length(fingerprint) = 32),
  outcome text not null,
  primary key (station, reading)
);
create index station_readings_handled on station_readings (handled_at) where raw is null;
comment on column station_readings.raw is 'The frame of the scale, kept beside the weight for as long as the register.';

create table station_codes (
  code_hash bytea primary key check (octet_length(code_hash) = 32),
  station text not null references stations,
  made_by text not null,
  made_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  -- Of the request that made it, null when the program did: one request has one code, however often it comes.
  key text,
  unique (made_by, key)
);

create table station_screens (
  id uuid primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  station text not null references stations,
  made_by text not null,
  made_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text,
  -- Of the request that revoked it: the same request again is no error.
  revoked_key text,
  check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoked_key is null))
);
create index station_screens_station on station_screens (station) where revoked_at is null;

-- How devices are, as the process that drives them last said; a row that is no longer heard of, or was given up (null), says nothing.
create table station_devices (
  station text not null references stations,
  device text not null,
  state jsonb not null,
  changed_at timestamptz not null,
  heard_at timestamptz,
  last_reading_at timestamptz,
  readings bigint not null default 0 check (readings >= 0),
  faults bigint not null default 0 check (faults >= 0),
  primary key (station, device)
);

-- Claimed before the first byte leaves; one row a job for ever, so that none is sent twice.
create table label_attempts (
  label text primary key,
  station text not null references stations,
  device text not null,
  claimed_at timestamptz not null default clock_timestamp(),
  outcome text check (outcome in ('printed', 'failed', 'unknown')),
  settled_at timestamptz,
  check ((outcome is null) = (settled_at is null))
);
create index label_attempts_open on label_attempts (station) where outcome is null;

grant select, insert, update on stations, station_sessions, station_codes, station_screens, station_devices, label_attempts to :app_role;
grant delete on station_devices to :app_role;
grant select, insert, delete on station_readings to :app_role;
