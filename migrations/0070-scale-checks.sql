-- How each scale did when it was last tried with its test weight.

create table scale_checks (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  store text not null,
  station text not null,
  device text not null,
  passed boolean not null,
  at timestamptz not null
);
create index scale_checks_of on scale_checks (station, device);

grant select, insert, update on scale_checks to :app_role;
