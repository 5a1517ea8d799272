-- 督办: notices of supervisors, numbered by the unit that supervises.

create table urgings (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  register text not null,
  year integer not null,
  serial integer not null check (serial > 0),
  unit text not null,
  person text,
  status text not null check (status in ('issued', 'answered', 'accepted', 'withdrawn')),
  due_at timestamptz not null,
  unique (register, year, serial)
);
create index urgings_open on urgings (due_at, id) where status in ('issued', 'answered');

grant select, insert, update on urgings to :app_role;
