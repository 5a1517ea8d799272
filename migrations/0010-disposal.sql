-- Disposal and close: papers of disposal, items that have left custody, cases that are closed.

create table disposals (
  id text primary key check (id ~ '^D[0-9A-Z]{13}$'),
  n bigint not null,
  state jsonb not null,
  unit text not null,
  case_number text not null,
  year integer not null,
  serial integer not null check (serial > 0),
  status text not null check (status in ('proposed', 'approved', 'done')),
  proposed_at timestamptz not null,
  unique (unit, year, serial)
);
create index disposals_case on disposals (case_number, proposed_at);
grant select, insert, update on disposals to :app_role;

alter table cases drop constraint cases_status_check;
alter table cases add constraint cases_status_check check (status in ('OPEN', 'CLOSED'));

-- Who has an item that has left custody for good is named by no register: `outside/return`, `outside/transfer` …
alter table holdings drop constraint holdings_who_check;
alter table holdings add constraint holdings_who_check check (who ~ '^(unit|store|person|outside)/.+$');
