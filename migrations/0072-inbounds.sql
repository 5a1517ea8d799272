-- What other organs hand in to a case, list by list.

create table inbounds (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  unit text not null,
  case_number text not null,
  open boolean not null,
  listed_at timestamptz not null
);
create index inbounds_case on inbounds (case_number, listed_at desc);

grant select, insert, update on inbounds to :app_role;
