-- 泄露事件台账: what got out that should not have, until somebody else has looked at it and closed it.

create table leaks (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  unit text not null,
  person text not null,
  open boolean not null,
  due_at timestamptz not null
);
create index leaks_open on leaks (due_at, id) where open;
comment on table leaks is 'The register of leaks as its facts add up to it; what and whom they concern is sealed elsewhere.';

grant select, insert, update on leaks to :app_role;
