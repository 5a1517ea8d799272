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

-- Facts name a weighing by the hash of its frame, so a frame stays as it came; what carries none is forgotten in time.
create function keep_frames() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.raw is null then
      return old;
    end if;
  end if;
  raise exception 'append-only: % on % is refused', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger station_readings_fixed before update or delete on station_readings for each row execute function keep_frames();
create trigger station_readings_kept before truncate on station_readings for each statement execute function keep_frames();

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
  repeats bigint not null default 0 check (repeats >= 0),
  damaged bigint not null default 0 check (damaged >= 0),
  noise_bytes bigint not null default 0 check (noise_bytes >= 0),
  -- As it may be shown: without a badge number, and without anything that was pressed.
  last_reading jsonb,
  primary key (station, device)
);

-- What administrators had devices do. Written before anything is sent: none is done twice, and one without an outcome was cut short.
create table device_orders (
  person text not null,
  -- Of the request.
  key text not null,
  station text not null references stations,
  device text not null,
  wanted jsonb not null,
  wanted_at timestamptz not null default clock_timestamp(),
  answer jsonb,
  settled_at timestamptz,
  primary key (person, key),
  check ((answer is null) = (settled_at is null))
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

grant select, insert, update on stations, station_sessions, station_codes, station_screens, station_devices, device_orders, label_attempts to :app_role;
grant delete on station_devices to :app_role;
grant select, insert, delete on station_readings to :app_role;

-- Agents: other PCs whose devices are on this server. Who may join is an answer of the register `org`.
create table agents (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{0,31}$'),
  n bigint not null,
  state jsonb not null,
  key text unique check (key ~ '^[A-Za-z0-9_-]{43}$'),
  enrolment bigint not null check (enrolment >= 0)
);

-- What an agent's key has sent so far, and how it is now. `link` is the connection that speaks for it; null when it is away.
create table agent_links (
  agent text not null references agents,
  enrolment bigint not null check (enrolment > 0),
  last_n bigint not null default 0 check (last_n >= 0),
  last_hash text not null default '' check (last_hash ~ '^([0-9a-f]{64})?$'),
  link uuid,
  joined_at timestamptz,
  heard_at timestamptz,
  -- The agent's clock less ours, measured when it joined; half of the way there and back is not known.
  clock_offset_ms bigint,
  backlog bigint not null default 0 check (backlog >= 0),
  oldest_at timestamptz,
  fault text,
  primary key (agent, enrolment)
);

-- Every record of every agent, in the transaction of its effect: none has two. The text is what the agent hashed and signed.
create table agent_records (
  agent text not null,
  enrolment bigint not null,
  n bigint not null check (n > 0),
  text text not null,
  seal bytea not null check (octet_length(seal) = 64),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  seen_at timestamptz not null,
  clock_offset_ms bigint not null,
  recorded_at timestamptz not null default clock_timestamp(),
  -- `station`: handed to its station; `held`: a badge that lay there; `not-its-device`: nothing was done with it; `failed`: the program could not.
  fate text not null check (fate in ('station', 'held', 'not-its-device', 'failed')),
  primary key (agent, enrolment, n),
  foreign key (agent, enrolment) references agent_links
);
create index agent_records_recorded on agent_records (recorded_at);

-- What a person has to look at: numbers that are missing, a record that cannot be believed.
create table agent_faults (
  agent text not null references agents,
  enrolment bigint not null,
  at timestamptz not null default clock_timestamp(),
  code text not null check (code in ('gap', 'number-reused', 'wrong-record', 'not-its-device', 'failed')),
  n bigint not null,
  detail text not null check (length(detail) <= 500),
  primary key (agent, enrolment, code, n)
);

-- Orders on their way to an agent that another server process holds; gone when they are answered.
create table agent_orders (
  id uuid primary key,
  agent text not null,
  body jsonb not null,
  made_at timestamptz not null default clock_timestamp(),
  deadline_at timestamptz not null,
  -- Set before the first byte leaves: an order that is not taken was never sent.
  taken_at timestamptz,
  answer jsonb
);

grant select, insert, update on agents, agent_links to :app_role;
grant select, insert on agent_faults to :app_role;
grant select, insert, delete on agent_records to :app_role;
grant select, insert, update, delete on agent_orders to :app_role;
