-- Registers, causes, personal content, activity log, checkpoints; organisation, people and sign-in.
-- The running server may INSERT and SELECT on registers and nothing more; triggers refuse everybody else too.

create extension if not exists btree_gist;

create table registers (
  id text primary key check (id ~ '^[a-z][a-z0-9.-]{0,63}$' and id <> 'activity'),
  hash text not null check (hash in ('sha256', 'sm3')),
  born_at timestamptz not null
);

create table entries (
  register text not null references registers,
  seq bigint not null check (seq > 0),
  type text not null,
  subject text not null,
  n bigint not null check (n > 0),
  at timestamptz not null,
  recorded_at timestamptz not null,
  actor text not null,
  cause text not null,
  text text not null,
  prev bytea not null check (octet_length(prev) = 32),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (register, seq),
  unique (subject, n)
);
comment on column entries.text is 'The exact RFC 8785 text that was hashed; every other column but prev and hash is derived from it.';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % on % is refused', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;

-- A second fence behind the code: an entry that does not continue its register is refused whoever writes it.
create function continue_chain() returns trigger language plpgsql as $$
declare
  head record;
  algorithm text;
begin
  select seq, hash into head from entries where register = new.register order by seq desc limit 1;
  if new.seq <> coalesce(head.seq, 0) + 1 then
    raise exception 'register % stands at %, cannot take %', new.register, coalesce(head.seq, 0), new.seq using errcode = 'restrict_violation';
  end if;
  if new.prev <> coalesce(head.hash, decode(repeat('00', 32), 'hex')) then
    raise exception 'register % entry % does not continue the chain', new.register, new.seq using errcode = 'restrict_violation';
  end if;
  select r.hash into algorithm from registers r where r.id = new.register;
  if algorithm = 'sha256' and new.hash <> sha256(new.prev || convert_to(new.text, 'UTF8')) then
    raise exception 'register % entry % does not hash to what it says', new.register, new.seq using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger entries_continue before insert on entries for each row execute function continue_chain();
create trigger entries_fixed before update or delete on entries for each row execute function refuse_change();
create trigger entries_kept before truncate on entries for each statement execute function refuse_change();
create trigger registers_fixed before update or delete on registers for each row execute function refuse_change();
create trigger registers_kept before truncate on registers for each statement execute function refuse_change();

-- What an earlier request answered, so that a retry gets the same answer and no second effect.
create table causes (
  actor text not null,
  key text not null,
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  answer jsonb not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (actor, key)
);
create trigger causes_fixed before update or delete on causes for each row execute function refuse_change();
create trigger causes_kept before truncate on causes for each statement execute function refuse_change();

-- Personal content stands beside the registers; the register keeps a salted commitment, so that content and salt can lawfully be erased
-- without breaking it. As long as nothing writes down who erased what and why, nobody may.
create table personal (
  ref uuid primary key,
  salt bytea,
  content text,
  erased_at timestamptz,
  check ((erased_at is null) = (salt is not null and content is not null))
);
create trigger personal_fixed before update or delete on personal for each row execute function refuse_change();
create trigger personal_kept before truncate on personal for each statement execute function refuse_change();

-- Reads, sign-ins, refusals, device faults: appended in groups, chained the same way.
create table activity (
  seq bigint primary key check (seq > 0),
  at timestamptz not null,
  text text not null,
  prev bytea not null check (octet_length(prev) = 32),
  hash bytea not null unique check (octet_length(hash) = 32)
);
create trigger activity_fixed before update or delete on activity for each row execute function refuse_change();
create trigger activity_kept before truncate on activity for each statement execute function refuse_change();

-- Of registers, and of the activity log under its own name.
create table checkpoints (
  register text not null,
  size bigint not null check (size > 0),
  frontier bytea[] not null,
  note text not null,
  signed_at timestamptz not null,
  primary key (register, size)
);
create trigger checkpoints_fixed before update or delete on checkpoints for each row execute function refuse_change();
create trigger checkpoints_kept before truncate on checkpoints for each statement execute function refuse_change();

-- Organisation. Each table is an answer that the register `org` gives: id, n, state, and columns derived from the state.
create table units (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  name text not null,
  kind text not null check (kind in ('organ', 'department', 'keeping', 'supervision', 'hall')),
  parent text
);

create table stores (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  name text not null,
  unit text not null
);

create table people (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  login text not null unique,
  name_ref uuid not null,
  unit text not null,
  active boolean not null
);

create table appointments (
  person text not null,
  post text not null,
  place text not null,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (person, post, place, from_at),
  exclude using gist (person with =, post with =, place with =, tstzrange(from_at, to_at) with &&)
);
create index appointments_place on appointments (place, post);

create table badges (
  person text not null,
  badge text not null,
  active boolean not null,
  primary key (person, badge)
);
create unique index badges_one_holder on badges (badge) where active;

-- A change that one administrator proposed and another, of another role, confirms. An answer of the register `org`, too.
create table proposals (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  command text not null,
  person text not null,
  status text not null check (status in ('asked', 'confirmed', 'declined')),
  expires_at timestamptz not null
);
create index proposals_waiting on proposals (expires_at) where status = 'asked';

-- What the operator of the machine did without a second administrator, and why. An answer of the register `org`, too.
create table broken_glass (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  person text not null,
  at timestamptz not null
);

-- Secrets stand outside the registers: a register cannot forget.
create table credentials (
  person text not null,
  kind text not null check (kind in ('password', 'pin')),
  hash text not null,
  set_at timestamptz not null,
  good_until timestamptz,
  used_at timestamptz check (used_at is null or good_until is not null),
  primary key (person, kind)
);
comment on column credentials.good_until is 'Of a dealt secret, which opens one session that may only change it; null for one that the person chose.';

-- Every try is written down before it is looked at; one that was right is taken out again.
create table sign_in_tries (
  id uuid primary key,
  subject text not null,
  place text not null,
  known boolean not null,
  wrong boolean not null,
  at timestamptz not null
);
create index sign_in_tries_subject on sign_in_tries (subject, at);
create index sign_in_tries_place on sign_in_tries (place, at);

-- Where somebody has signed in before: strangers who try his name elsewhere do not shut him out there.
create table sign_in_places (
  person text not null,
  place text not null,
  ok_at timestamptz not null,
  primary key (person, place)
);

create table sessions (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  person text not null,
  means text not null check (means in ('password', 'badge')),
  must_change text check (must_change in ('password', 'pin')),
  incarnation text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null
);
comment on column sessions.must_change is 'Opened with a dealt secret: nothing but changing it is allowed.';
create index sessions_person on sessions (person);

-- Differs after a restore, from a dump (new tables, or a new cluster) as from an archive (a new timeline).
create function database_incarnation() returns text language sql stable as $$
  select s.system_identifier || '.' || c.timeline_id || '.' || 'sessions'::regclass::oid
  from pg_control_system() s, pg_control_checkpoint() c
$$;

grant usage on schema public to :app_role;
grant select, insert on registers, entries, causes, personal, activity, checkpoints to :app_role;
grant select, insert, update, delete on units, stores, people, appointments, badges, proposals, broken_glass to :app_role;
grant select, insert, update, delete on credentials, sign_in_tries, sign_in_places, sessions to :app_role;
