-- Who decides in whose place, from when to when. An answer of the register `org`.

create table delegations (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  principal text not null,
  deputy text not null check (deputy <> principal),
  place text not null,
  from_at timestamptz not null,
  to_at timestamptz not null
);
create index delegations_deputy on delegations (deputy, to_at);
create index delegations_principal on delegations (principal);

grant select, insert, update on delegations to :app_role;
