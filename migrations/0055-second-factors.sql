-- Secrets of authenticator apps, sealed under a key outside the database: the one in use, and one that is being set up. Each step of time, and
-- each recovery code, opens once; the same request again is the same opening.
create table second_factors (
  person text not null,
  standing text not null check (standing in ('pending', 'active')),
  sealed bytea not null,
  set_at timestamptz not null,
  last_step bigint not null default 0,
  spent smallint[] not null default '{}',
  last_cause text,
  primary key (person, standing)
);

grant select, insert, update, delete on second_factors to :app_role;
