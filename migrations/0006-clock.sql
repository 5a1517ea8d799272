-- Clock: working-day calendars, deadline rules and their changes (answers of the register `org`), running deadlines with who was told, and how
-- far each register was read for what starts and ends them.

create table calendars (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  year integer not null unique check (year between 2000 and 2100),
  imported_at timestamptz not null
);

create table deadline_rules (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  version integer not null check (version > 0)
);

create table rule_proposals (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  rule text not null,
  status text not null check (status in ('asked', 'confirmed', 'declined')),
  proposed_at timestamptz not null
);
create index rule_proposals_waiting on rule_proposals (proposed_at) where status = 'asked';

create table clocks (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  register text not null,
  source_seq bigint not null check (source_seq > 0),
  rule text not null,
  unit text not null,
  store text,
  status text not null check (status in ('running', 'paused', 'ended')),
  colour text check (colour in ('yellow', 'orange', 'red')),
  due_at timestamptz not null,
  next_at timestamptz,
  ended_at timestamptz,
  check ((status = 'ended') = (ended_at is not null)),
  check (next_at is null or status = 'running'),
  -- What started it starts it once.
  unique (register, source_seq, rule)
);
create index clocks_next on clocks (next_at) where next_at is not null;
create index clocks_due on clocks (due_at, id) where status <> 'ended';
create index clocks_unit on clocks (unit, due_at) where status <> 'ended';
create index clocks_store on clocks (store, due_at) where status <> 'ended';
create index clocks_ended on clocks (ended_at, id) where status = 'ended';

create table clock_subjects (
  clock text not null,
  subject text not null,
  open boolean not null,
  primary key (clock, subject)
);
create index clock_subjects_subject on clock_subjects (subject);

create table clock_told (
  clock text not null,
  ordinal integer not null check (ordinal > 0),
  person text not null,
  post text not null,
  place text not null,
  at timestamptz not null,
  primary key (clock, ordinal)
);
create index clock_told_person on clock_told (person, clock);

-- No register content: how far each register was read. Moved in the transaction that writes what was read out of it.
create table clock_cursors (
  register text primary key references registers,
  seq bigint not null check (seq >= 0)
);

grant select, insert, update on
  calendars, deadline_rules, rule_proposals, clocks, clock_subjects, clock_told, clock_cursors to :app_role;
