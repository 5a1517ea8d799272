-- Benches that went on without their server: what they recorded and the register could not take is for people to look at.

create table conflicts (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{0,31}[.][1-9][0-9]*[.][1-9][0-9]*$'),
  n bigint not null,
  state jsonb not null,
  store text not null,
  list text not null,
  item text not null,
  open boolean not null,
  happened_at timestamptz not null
);
create index conflicts_of_a_list on conflicts (list);
create index conflicts_open on conflicts (store, happened_at) where open;

grant select, insert, update on conflicts to :app_role;

-- `offline`: a bench took it without its server, and what it stood for was done or is a conflict.
alter table agent_records drop constraint agent_records_fate_check;
alter table agent_records add constraint agent_records_fate_check
  check (fate in ('station', 'held', 'offline', 'not-its-device', 'failed'));
