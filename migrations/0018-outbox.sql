-- Outbox: where people are reached outside the program (an answer of the register `org`), whom acts have called, and how far each message came.

create table outbox_addresses (
  id text primary key,
  n bigint not null,
  state jsonb not null
);

-- Written in the transaction of the act that calls; taken up by a message, or by none where no address was given.
create table outbox_calls (
  register text not null,
  seq bigint not null,
  person text not null,
  at timestamptz not null,
  gathered_at timestamptz,
  heard boolean not null,
  primary key (register, seq, person),
  check (gathered_at is not null or not heard)
);
create index outbox_calls_waiting on outbox_calls (person, at) where gathered_at is null;
create index outbox_calls_gathered on outbox_calls (gathered_at) where gathered_at is not null;

create table outbox_messages (
  id uuid primary key,
  person text not null,
  channel text not null check (channel in ('mail', 'webhook')),
  count integer not null check (count > 0 or trial),
  trial boolean not null,
  state text not null check (state in ('waiting', 'failed', 'delivered', 'given-up')),
  attempts integer not null check (attempts >= 0),
  made_at timestamptz not null,
  next_at timestamptz,
  tried_at timestamptz,
  words text check (length(words) <= 300),
  check ((next_at is not null) = (state in ('waiting', 'failed')))
);
create index outbox_messages_next on outbox_messages (next_at, id) where next_at is not null;
create index outbox_messages_settled on outbox_messages (made_at) where next_at is null;

grant select, insert, update on outbox_addresses to :app_role;
grant select, insert, update, delete on outbox_calls, outbox_messages to :app_role;
